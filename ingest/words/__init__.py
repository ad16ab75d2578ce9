"""What words tell: headers and titles by their phrases, passages by their wording, and the text of the form itself."""
