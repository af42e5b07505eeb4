# The image the Action runs in: one static program, the certificates that it trusts GitHub by, and nothing else.
#
# It runs as root and sets no working directory, as GitHub's runner requires of an action's image
# (https://docs.github.com/actions/reference/workflows-and-actions/dockerfile-support). It is built by plain `docker build`, with or
# without BuildKit, and by podman; what needs BuildKit (cache mounts, BUILDPLATFORM) is left out, since runners build it as they are.

# BASE is what builds the program. A release sets it by digest, as docker.io/library/golang:1.26@sha256:…
ARG BASE=docker.io/library/golang:1.26

FROM ${BASE} AS build
# TARGETARCH is set by BuildKit; without it the program is built for the machine that builds it.
ARG TARGETARCH
# VERSION is how the program names itself; a release sets it.
ARG VERSION=
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 GOOS=linux GOARCH=${TARGETARCH} \
	go build -trimpath -buildvcs=false -ldflags "-s -w -X main.imageVersion=${VERSION}" -o /out/tellwell ./cmd/tellwell

FROM scratch
LABEL org.opencontainers.image.title="tellwell" \
      org.opencontainers.image.description="Asks of a marketing page what a good editor would ask" \
      org.opencontainers.image.source="https://github.com/example-org/tellwell" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/tellwell /tellwell
ENTRYPOINT ["/tellwell"]
CMD ["action"]
