"""What is different from database server to server, a module each: how to connect, and safely.

Each has `arguments(host, statement_seconds, authorities)`, which the driver connects with, and
`OPTIONS`, which the engine is made with. `authorities` is a file of the authorities one of which
must have signed the server's certificate; None for a server on this machine, which needs no TLS.
What their errors mean is in `adapters.faults`, how they spell the schema in `adapters.tables`.
"""
