# Casebook with what production mode needs: `docker compose up` uses it for publisher and projector.
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY domain domain
COPY projections projections
COPY schemas schemas
COPY services services
RUN pip wheel --no-cache-dir --wheel-dir /wheels '.[production]'

FROM python:3.13-slim
# A volume that is mounted on /keys takes over whose it is.
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels 'council-casebook[production]' \
    && useradd --system --uid 10001 --home-dir /nonexistent casebook \
    && install --directory --mode=700 --owner=10001 --group=10001 /keys
# By number, so that a cluster can see that it is not root.
USER 10001:10001
WORKDIR /tmp
ENTRYPOINT ["casebook"]
