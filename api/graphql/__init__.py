"""The GraphQL side: types derived from declarations, resolvers, filters, cursors, errors."""
