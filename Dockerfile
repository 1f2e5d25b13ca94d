FROM python:3.11-slim

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY records records
COPY loaders loaders
COPY search search
COPY api api
COPY migrations migrations
COPY xincha xincha
RUN useradd --system --create-home xincha \
    && install -d -o xincha -g xincha -m 0700 /var/lib/xincha \
    && printf '%s\n' '#!/usr/local/bin/python' 'from xincha.cli import main' 'main()' > /usr/local/bin/xincha \
    && chmod 0755 /usr/local/bin/xincha

# The database, the index and the secrets live in HOME: keep this volume, back it up, share it with nobody.
ENV PYTHONPATH=/app PYTHONUNBUFFERED=1 XINCHA_HOME=/var/lib/xincha
VOLUME /var/lib/xincha
USER xincha
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["xincha", "serve", "--host", "0.0.0.0"]
