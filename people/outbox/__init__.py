"""Mail of the product: kept with what it tells of, and sent by whichever process is free."""
