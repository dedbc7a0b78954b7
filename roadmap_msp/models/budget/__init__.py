from . import roadmap_contract
