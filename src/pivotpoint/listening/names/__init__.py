"""What messages name: names learnt from customers' records, and where messages mention them."""
