"""Characters and tokens: pages of texts as arrays, speakers' turns, small linear algebra."""
