# Sourced by the other scripts: makes sure that the .NET SDK is there, or says how to get it.

have_sdk() { command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; }

as_root() { [ "$(id -u)" -eq 0 ]; }

# install_package DEBIAN-NAME ROCKY-NAME
install_package() {
  if command -v dnf >/dev/null; then
    dnf install -y -q "$2"
  elif command -v apt-get >/dev/null; then
    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$1"
  else
    return 1
  fi
}

install_sdk() {
  if command -v dnf >/dev/null; then
    dnf install -y dotnet-sdk-10.0
  elif command -v apt-get >/dev/null; then
    apt-get update -q
    # Debian has no .NET of its own: Microsoft's feed is added where the distribution does not offer the package.
    if ! apt-cache show dotnet-sdk-10.0 >/dev/null 2>&1; then
      apt-get install -y -q ca-certificates curl
      . /etc/os-release
      deb=$(mktemp --suffix=.deb)
      curl -fsSL -o "$deb" "https://packages.microsoft.com/config/$ID/$VERSION_ID/packages-microsoft-prod.deb"
      dpkg -i "$deb"
      rm -f "$deb"
      apt-get update -q
    fi
    apt-get install -y -q dotnet-sdk-10.0
  else
    return 1
  fi
}

ensure_dotnet() {
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  have_sdk && return 0
  if as_root; then
    echo "The .NET 10 SDK is missing; installing it with the system's package manager."
    install_sdk || true
    have_sdk && return 0
    echo "The .NET 10 SDK could not be installed. See https://learn.microsoft.com/dotnet/core/install/linux" >&2
  else
    echo "The .NET 10 SDK is missing. Install it as root:" >&2
    echo "  Rocky Linux 9: dnf install dotnet-sdk-10.0" >&2
    echo "  Debian 12:     see https://learn.microsoft.com/dotnet/core/install/linux-debian, then apt-get install dotnet-sdk-10.0" >&2
  fi
  return 1
}
