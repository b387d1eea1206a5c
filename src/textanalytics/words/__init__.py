"""Characters and tokens: pages of texts as arrays, numbers of words, small linear algebra."""
