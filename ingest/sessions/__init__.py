"""Who met, when and where: forms, dates, places, categories with their counts."""
