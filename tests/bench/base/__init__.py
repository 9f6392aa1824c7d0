"""What several measurements stand on: rows in bulk, web processes, clients, pages to compare with."""
