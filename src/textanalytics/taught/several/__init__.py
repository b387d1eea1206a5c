"""Any number of classes a text: each is judged by itself, beside what people usually say."""
