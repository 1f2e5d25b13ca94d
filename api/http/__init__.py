"""Pure-ASGI request handling: the GraphQL endpoint, probes and middleware."""
