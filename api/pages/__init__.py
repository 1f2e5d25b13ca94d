"""Pages made on the server: plain HTML, no script."""
