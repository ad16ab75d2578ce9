"""What stands outside tables: titles, lists, labels, stories and sentences, on the way through a document."""
