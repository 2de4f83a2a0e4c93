"""What each server of the tests reads first, read once: servers are forked from a process with it.

Garbage collection passes over it, as it does on a server that has loaded its atlas.
"""

import gc
import importlib
import pkgutil

import bodymap.ui
from bodymap.atlas import load
from bodymap.shell import assets

for module in pkgutil.iter_modules(bodymap.ui.__path__, "bodymap.ui."):
    if not module.ispkg:
        importlib.import_module(module.name)
load()
assets.version()
gc.collect()
gc.freeze()
