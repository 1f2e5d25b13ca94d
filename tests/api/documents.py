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
        "anchor": "",
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


def list_document(number: int, **values: object) -> dict[str, object]:
    """An entry of the list of dishonest persons subject to enforcement as the index holds it."""
    own: dict[str, object] = {
        "dataset": "list_entries",
        "kind": "BLACK_LIST",
        "document_number": f"（2026）豫0329执{number}号",
        "color": "BLACK",
        "list_code": "ENFORCEMENT",
        "list_name": "失信被执行人",
        "reason": "有履行能力而拒不履行生效法律文书确定义务",
        "listed_on": "2026-09-01",
        "decision_date": None,
        "legal_representative": "贺*",
    }
    return _document(number, **(own | values))


def profile_document(number: int, **values: object) -> dict[str, object]:
    """An enterprise profile as the index holds it."""
    own: dict[str, object] = {
        "dataset": "enterprises",
        "kind": "",
        "enterprise_type": "有限责任公司(自然人独资)",
        "registered_capital": "1000000.00",
        "currency": "CNY",
        "established_on": "2016-03-02",
        "status": "ACTIVE",
        "status_text": "存续",
        "address": "伊川县城关街道人民路1号",
        "business_scope": "预包装食品销售",
        "industry": "F",
    }
    return _document(number, **(own | values))


def subject_document(number: int, **values: object) -> dict[str, object]:
    """A subject as the index holds it; its one anchor is its id."""
    made: dict[str, object] = {
        "id": record_id(number),
        "dataset": "subjects",
        "subject_kind": "LEGAL_ENTITY",
        "region": "410329",
        "name": f"伊川县青禾食品{number}有限公司",
        "named": True,
        "former_names": [],
        "credit_code": COMPANY_CODE,
        "registration_numbers": [],
        "organization_code": COMPANY_CODE[8:17],
        "profile": "",
        "anchors": [record_id(number)],
        "completeness": 0,
        "visible": {"PENALTY": None},
        "public_until": None,
        "revision": 7,
    }
    return made | values
