"""QR codes that only the invite panel shows. The Wi-Fi's password never leaves this page."""

from markupsafe import Markup

from atelier.web.render.templating import qr

_ESCAPES = str.maketrans({c: f"\\{c}" for c in '\\;,:"'})


def wifi_qr(ssid: str, password: str) -> Markup:
    """Return the QR code by which a phone joins a Wi-Fi network."""
    name, secret = ssid.translate(_ESCAPES), password.translate(_ESCAPES)
    code = f"WIFI:T:WPA;S:{name};P:{secret};;" if password else f"WIFI:T:nopass;S:{name};;"
    return qr(code, "QR code pour rejoindre le Wi-Fi")
