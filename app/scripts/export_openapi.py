"""Print the shop API's OpenAPI document, from which the app's types are generated."""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")

import django  # noqa: E402

django.setup()

from baohe.faces.shop.api import api  # noqa: E402

json.dump(api.get_openapi_schema(path_prefix="/"), sys.stdout, ensure_ascii=False, default=str)
