"""The printed schema: current, as promised to users, and described in two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    build_schema,
)

from api.graphql.schema import print_contract
from records.datasets import declared_datasets

PRINTED = print_contract(declared_datasets())
SCHEMA = build_schema(PRINTED)

PROMISED = """
directive @masked(as: Mask!) on FIELD_DEFINITION
scalar Date
scalar DateTime
scalar Decimal
scalar CreditCode
scalar Cursor
scalar Revision
enum Mask { PERSON_NAME ID_NUMBER PHONE ADDRESS BANK_ACCOUNT PLATE EMAIL FREE_TEXT }
enum SubjectKind { LEGAL_ENTITY INDIVIDUAL_BUSINESS NATURAL_PERSON }
enum RecordKind { LICENSE PENALTY }
enum RecordStatus { VALID DISPUTED REVOKED INVALID OTHER }
enum SortDirection { ASC DESC }
enum TotalRelation { EXACT AT_LEAST }
enum LicenseCategory { GENERAL FRANCHISE RECOGNITION APPROVAL REGISTRATION OTHER }
enum PenaltyCategory {
  WARNING PUBLIC_CRITICISM FINE CONFISCATION_OF_GAINS CONFISCATION_OF_PROPERTY SUSPENSION_OF_LICENSE
  REVOCATION_OF_LICENSE LOWERING_OF_QUALIFICATION RESTRICTION_OF_BUSINESS SUSPENSION_OF_BUSINESS CLOSURE
  BAN_FROM_INDUSTRY DETENTION OTHER
}
interface Node { id: ID! }
interface Record implements Node {
  id: ID!
  kind: RecordKind!
  subjectKind: SubjectKind!
  subjectName: String @masked(as: PERSON_NAME)
  creditCode: CreditCode
  documentNumber: String @masked(as: ID_NUMBER)
  authority: String
  authorityCode: CreditCode
  decisionDate: Date
  status: RecordStatus!
  publicFrom: Date!
  publicUntil: Date
  maskedFields: [String!]!
  source: Provenance!
  revision: Revision!
}
type Provenance {
  provider: String providerCode: CreditCode template: String! loadedAt: DateTime! updatedAt: DateTime!
}
type License implements Node & Record {
  id: ID! kind: RecordKind! subjectKind: SubjectKind! subjectName: String @masked(as: PERSON_NAME)
  creditCode: CreditCode documentNumber: String @masked(as: ID_NUMBER) authority: String
  authorityCode: CreditCode decisionDate: Date status: RecordStatus! publicFrom: Date! publicUntil: Date
  maskedFields: [String!]! source: Provenance! revision: Revision!
  legalRepresentative: String @masked(as: PERSON_NAME)
  documentName: String @masked(as: FREE_TEXT) category: LicenseCategory
  categoryText: String @masked(as: FREE_TEXT) certificateName: String @masked(as: FREE_TEXT)
  licenseNumber: String @masked(as: ID_NUMBER) content: String @masked(as: FREE_TEXT)
  validFrom: Date validUntil: Date permanent: Boolean! remark: String @masked(as: FREE_TEXT)
}
type Penalty implements Node & Record {
  id: ID! kind: RecordKind! subjectKind: SubjectKind! subjectName: String @masked(as: PERSON_NAME)
  creditCode: CreditCode documentNumber: String @masked(as: ID_NUMBER) authority: String
  authorityCode: CreditCode decisionDate: Date status: RecordStatus! publicFrom: Date! publicUntil: Date
  maskedFields: [String!]! source: Provenance! revision: Revision!
  legalRepresentative: String @masked(as: PERSON_NAME)
  violation: String @masked(as: FREE_TEXT) facts: String @masked(as: FREE_TEXT)
  legalBasis: String @masked(as: FREE_TEXT) categories: [PenaltyCategory!]!
  categoryText: String @masked(as: FREE_TEXT) content: String @masked(as: FREE_TEXT)
  fineAmount: Decimal confiscatedAmount: Decimal revokedCertificate: String @masked(as: FREE_TEXT)
  remark: String @masked(as: FREE_TEXT)
}
type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: Cursor endCursor: Cursor }
type LicenseConnection {
  edges: [LicenseEdge!]! nodes: [License!]! pageInfo: PageInfo! totalCount: Int!
  totalRelation: TotalRelation! facets(fields: [LicenseFacet!]!, size: Int = 10): [Facet!]!
  timeline(field: LicenseDateField! = DECISION_DATE, interval: Interval! = MONTH): [TimeBucket!]!
}
type LicenseEdge { cursor: Cursor! node: License! }
type PenaltyConnection {
  edges: [PenaltyEdge!]! nodes: [Penalty!]! pageInfo: PageInfo! totalCount: Int!
  totalRelation: TotalRelation! facets(fields: [PenaltyFacet!]!, size: Int = 10): [Facet!]!
  timeline(field: PenaltyDateField! = DECISION_DATE, interval: Interval! = MONTH): [TimeBucket!]!
}
type PenaltyEdge { cursor: Cursor! node: Penalty! }
type Facet { field: String! buckets: [FacetBucket!]! }
type FacetBucket { value: String! label: String! count: Int! }
type TimeBucket { start: Date! count: Int! }
enum Interval { MONTH QUARTER YEAR }
enum LicenseFacet { AUTHORITY CATEGORY STATUS SUBJECT_KIND REGION }
enum PenaltyFacet { AUTHORITY CATEGORY STATUS SUBJECT_KIND REGION }
enum LicenseDateField { DECISION_DATE VALID_UNTIL }
enum PenaltyDateField { DECISION_DATE }
input StringFilter { eq: String in: [String!] prefix: String }
input TextFilter { contains: String! }
input CreditCodeFilter { eq: CreditCode in: [CreditCode!] }
input DateFilter { eq: Date gt: Date gte: Date lt: Date lte: Date }
input DecimalFilter { eq: Decimal gt: Decimal gte: Decimal lt: Decimal lte: Decimal }
input LicenseCategoryFilter { eq: LicenseCategory in: [LicenseCategory!] }
input PenaltyCategoryFilter { eq: PenaltyCategory in: [PenaltyCategory!] }
input RecordStatusFilter { eq: RecordStatus in: [RecordStatus!] }
input SubjectKindFilter { eq: SubjectKind in: [SubjectKind!] }
input LicenseWhere {
  and: [LicenseWhere!] or: [LicenseWhere!] not: LicenseWhere creditCode: CreditCodeFilter
  documentNumber: StringFilter authority: StringFilter authorityCode: CreditCodeFilter
  category: LicenseCategoryFilter status: RecordStatusFilter subjectKind: SubjectKindFilter
  region: StringFilter decisionDate: DateFilter validFrom: DateFilter validUntil: DateFilter
  content: TextFilter licenseNumber: StringFilter
}
input PenaltyWhere {
  and: [PenaltyWhere!] or: [PenaltyWhere!] not: PenaltyWhere creditCode: CreditCodeFilter
  documentNumber: StringFilter authority: StringFilter authorityCode: CreditCodeFilter
  category: PenaltyCategoryFilter status: RecordStatusFilter subjectKind: SubjectKindFilter
  region: StringFilter decisionDate: DateFilter fineAmount: DecimalFilter facts: TextFilter
  content: TextFilter violation: TextFilter
}
enum LicenseOrderField { DECISION_DATE VALID_UNTIL }
enum PenaltyOrderField { DECISION_DATE FINE_AMOUNT }
input LicenseOrder { field: LicenseOrderField! direction: SortDirection! = DESC }
input PenaltyOrder { field: PenaltyOrderField! direction: SortDirection! = DESC }
type Dataset {
  name: String! label: String! description: String! count: Int! updatedAt: DateTime fields: [DatasetField!]!
}
type DatasetField {
  name: String! label: String! codes: [String!]! type: String! mask: Mask sealed: Boolean!
  searchable: Boolean! filterable: Boolean! sortable: Boolean! description: String
}
type Service {
  name: String! region: String! version: String! revision: Revision! dataUpdatedAt: DateTime
  datasets: [Dataset!]!
}
type Query {
  service: Service!
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  licenses(where: LicenseWhere, orderBy: LicenseOrder, first: Int = 20, after: Cursor): LicenseConnection!
  penalties(where: PenaltyWhere, orderBy: PenaltyOrder, first: Int = 20, after: Cursor): PenaltyConnection!
}
"""


def test_the_printed_schema_is_the_one_in_the_tree() -> None:
    tree = Path(__file__).parents[2] / "schema.graphql"
    assert tree.read_text("utf-8") == PRINTED


def test_everything_promised_is_there_with_its_type() -> None:
    ours, promised = dict(_lines(PRINTED)), dict(_lines(PROMISED))
    assert {name: ours.get(name) for name in promised} == promised


def test_printing_twice_gives_the_same() -> None:
    assert print_contract(declared_datasets()) == PRINTED


def test_everything_is_described_in_two_languages() -> None:
    undescribed = [
        name
        for name, description in _descriptions()
        if not (re.search(r"[一-鿿]", description) and re.search(r"[a-z]{2}", description))
    ]
    assert undescribed == []


def test_every_personal_output_field_is_marked() -> None:
    for dataset in declared_datasets():
        body = PRINTED.split(f"type {dataset.type_name} implements ")[1].split("\n}\n")[0]
        for field in dataset.public_fields:
            line = re.search(rf"^  {field.api_name}: .*$", body, re.MULTILINE)
            assert line is not None, field.name
            mark = f"@masked(as: {field.personal.value})" if field.personal else ""
            assert line[0].partition(" @")[2] == mark.removeprefix("@")


def test_sealed_fields_are_neither_output_nor_input() -> None:
    for dataset in declared_datasets():
        public = {field.api_name for field in dataset.public_fields}
        sealed = {field.api_name for field in dataset.fields} - public
        for name in (dataset.type_name, f"{dataset.type_name}Where"):
            found = SCHEMA.type_map[name]
            assert isinstance(found, GraphQLObjectType | GraphQLInputObjectType)
            assert not sealed & set(found.fields)


def _lines(sdl: str) -> Iterator[tuple[str, str]]:
    """What a schema says, one line a field, argument and member; directives as they are written."""
    schema = build_schema(sdl)
    for name, found in schema.type_map.items():
        if name.startswith("__"):
            continue
        yield name, type(found).__name__
        if isinstance(found, GraphQLObjectType | GraphQLInterfaceType):
            yield from _output_lines(name, found)
        elif isinstance(found, GraphQLInputObjectType):
            for field_name, about in found.fields.items():
                yield f"{name}.{field_name}", f"{about.type} = {_default(about)}"
        elif isinstance(found, GraphQLEnumType):
            for member in found.values:
                yield f"{name}.{member}", ""


def _output_lines(
    name: str, found: GraphQLObjectType | GraphQLInterfaceType
) -> Iterator[tuple[str, str]]:
    for interface in found.interfaces:
        yield f"{name} implements {interface.name}", ""
    for field_name, field in found.fields.items():
        yield f"{name}.{field_name}", f"{field.type}{_marks(field.ast_node)}"
        for argument, about in field.args.items():
            yield f"{name}.{field_name}({argument})", f"{about.type} = {_default(about)}"


def _default(about: object) -> str:
    node = getattr(about, "ast_node", None)
    value = getattr(node, "default_value", None)
    return str(getattr(value, "value", None))


def _marks(node: object) -> str:
    directives = getattr(node, "directives", None) or ()
    return "".join(
        f" @{d.name.value}({a.name.value}: {a.value.value})"
        for d in directives
        for a in d.arguments
    )


def _descriptions() -> Iterator[tuple[str, str]]:
    builtin = {"String", "Int", "Boolean", "ID", "Float"}
    for directive in SCHEMA.directives:
        if directive.name == "masked":
            yield "@masked", directive.description or ""
            for name, argument in directive.args.items():
                yield f"@masked({name})", argument.description or ""
    for name, found in SCHEMA.type_map.items():
        if name not in builtin and not name.startswith("__"):
            yield name, found.description or ""
            yield from _parts(name, found)


def _parts(name: str, found: GraphQLNamedType) -> Iterator[tuple[str, str]]:
    if isinstance(found, GraphQLObjectType | GraphQLInterfaceType):
        for field_name, field in found.fields.items():
            yield f"{name}.{field_name}", field.description or ""
            for argument, about in field.args.items():
                yield f"{name}.{field_name}({argument})", about.description or ""
    elif isinstance(found, GraphQLInputObjectType):
        for field_name, input_field in found.fields.items():
            yield f"{name}.{field_name}", input_field.description or ""
    elif isinstance(found, GraphQLEnumType):
        for member, value in found.values.items():
            yield f"{name}.{member}", value.description or ""
