# syntax=docker/dockerfile:1
# One image for every part: the command says which (silo, gateway, portal, migrate, sim …).
FROM node:22-bookworm-slim AS node
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /earmark
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY firmware-protocols firmware-protocols
COPY src src
RUN dotnet publish src/Earmark/Earmark.csproj -c Release -o /published --nologo -v quiet

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /earmark
COPY --from=build /published .
# A young generation of 64 MB keeps collections rare under a stream of frames.
ENV DOTNET_GCgen0size=0x4000000 TZ=UTC
# Each part writes here alone; only its owner reads it.
RUN mkdir -m 700 /data && chown app:app /data
VOLUME /data
USER app
ENTRYPOINT ["dotnet", "/earmark/earmark.dll"]
CMD ["--help"]
