FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --quiet --require-hashes --requirement requirements.lock
ENV PATH=/venv/bin:$PATH
COPY . .
RUN python bin/_compile_messages
# Collecting needs a whole environment and uses nothing of it; this one is forgotten with the line.
RUN FORUM_MODE=full FORUM_DATA=/srv/board \
    SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(48))')" \
    TAG_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(48))')" \
    DATABASE_URL=postgres://build@localhost/build REDIS_URL=redis://localhost/0 CACHE_URL=redis://localhost/1 \
    PUBLIC_ORIGINS=https://build.invalid MAIL_URL=smtp://localhost MAIL_FROM=build@build.invalid \
    python manage.py collectstatic --noinput --verbosity 0
RUN python -m compileall -q boards forum realtime

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 FORUM_MODE=full FORUM_DATA=/srv/board
# The volumes of keys and attachments take their owner from the folders made here.
RUN useradd --system --no-create-home --uid 10001 board && install -d -o board -g board -m 0700 /keys /attachments
COPY --from=build /venv /venv
COPY --from=build /srv/board /srv/board
COPY --from=build /app /app
WORKDIR /app
USER 10001
EXPOSE 8000
CMD ["python", "manage.py", "check", "--deploy"]
