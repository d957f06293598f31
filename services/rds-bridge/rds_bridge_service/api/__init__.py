"""HTTP: events of API Gateway to calls, answers and errors to responses."""
