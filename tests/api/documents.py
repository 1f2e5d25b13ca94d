"""Index documents written by hand. Names and numbers are invented."""

from __future__ import annotations

COMPANY_CODE = "91410329MA0000015N"
AUTHORITY_CODE = "11410329MB0000019D"


def record_id(number: int) -> str:
    """A well-formed record id; ids sort like their numbers."""
    return f"{number:026d}"


def _document(number: int, **values: object) -> dict[str, object]:
    return {
        "id": record_id(number),
        "subject_kind": "LEGAL_ENTITY",
        "subject_name": f"伊川县青禾食品{number}有限公司",
        "credit_code": COMPANY_CODE,
        "region": "410329",
        "authority": "伊川县市场监督管理局",
        "authority_code": AUTHORITY_CODE,
        "decision_date": "2026-09-01",
        "status": "VALID",
        "public_from": "2026-09-01",
        "public_until": None,
        "revision": 7,
        "template": "V2.1",
        "loaded_at": "2026-11-20T03:04:05+00:00",
        "updated_at": "2026-11-20T03:04:05+00:00",
        "provider": "伊川县市场监督管理局",
        "provider_code": AUTHORITY_CODE,
    } | values


def penalty_document(number: int, **values: object) -> dict[str, object]:
    """A penalty as the index holds it."""
    own: dict[str, object] = {
        "dataset": "penalties",
        "kind": "PENALTY",
        "document_number": f"伊市监罚〔2026〕{number}号",
        "violation": "经营超过保质期的食品",
        "facts": "经查，当事人销售超过保质期的面包十二袋。",
        "legal_basis": "《中华人民共和国食品安全法》第一百二十四条",
        "categories": ["FINE", "CONFISCATION_OF_GAINS"],
        "category_text": "罚款;没收违法所得",
        "content": "罚款人民币贰万元整。",
        "fine_amount": "20000.00",
        "permanent": True,
        "legal_representative": "贺*",
    }
    return _document(number, **(own | values))


def license_document(number: int, **values: object) -> dict[str, object]:
    """A license as the index holds it."""
    own: dict[str, object] = {
        "dataset": "licenses",
        "kind": "LICENSE",
        "document_number": f"伊食许〔2026〕{number}号",
        "category": "GENERAL",
        "content": "准予经营预包装食品。",
        "valid_from": "2026-03-02",
        "valid_until": "2031-03-01",
        "legal_representative": "贺*",
    }
    return _document(number, **(own | values))
