"""Every term of the five vocabularies in which misspellings are told, and what to use instead.

Terms as the vocabularies define them: DCAT 3 (W3C, 2024), DCMI Metadata Terms (2020), FOAF 0.99,
vCard Ontology (W3C, 2014), ADMS (W3C, 2013, and SEMIC's 2.0). Obsolete ones: earlier versions of
DCAT, DCAT-AP and DCAT-AP-SE, and what the catalogs of Europe are seen to write.
"""

import difflib
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from harvester.namespaces import ADMS, DCAT, DCTERMS, FOAF, SCHEMA, VCARD

_DCAT = """
Catalog CatalogRecord DataService Dataset DatasetSeries Distribution Relationship Resource Role
accessService accessURL bbox byteSize catalog centroid compressFormat contactPoint dataset
distribution downloadURL endDate endpointDescription endpointURL first hadRole hasCurrentVersion
hasVersion inCatalog inSeries isDistributionOf isVersionOf keyword landingPage last mediaType next
nextVersion packageFormat prev previousVersion qualifiedRelation record resource seriesMember
servesDataset service spatialResolutionInMeters startDate temporalResolution theme themeTaxonomy
version
"""
_DCTERMS = """
Agent AgentClass BibliographicResource FileFormat Frequency Jurisdiction LicenseDocument
LinguisticSystem Location LocationPeriodOrJurisdiction MediaType MediaTypeOrExtent MethodOfAccrual
MethodOfInstruction PeriodOfTime PhysicalMedium PhysicalResource Policy ProvenanceStatement
RightsStatement SizeOrDuration Standard Box DCMIType DDC IMT ISO3166 ISO639-2 ISO639-3 LCC LCSH
MESH NLM Period Point RFC1766 RFC3066 RFC4646 RFC5646 TGN UDC URI W3CDTF
abstract accessRights accrualMethod accrualPeriodicity accrualPolicy alternative audience available
bibliographicCitation conformsTo contributor coverage created creator date dateAccepted
dateCopyrighted dateSubmitted description educationLevel extent format hasFormat hasPart hasVersion
identifier instructionalMethod isFormatOf isPartOf isReferencedBy isReplacedBy isRequiredBy
isVersionOf issued language license mediator medium modified provenance publisher references
relation replaces requires rights rightsHolder source spatial subject tableOfContents temporal
title type valid
"""
_FOAF = """
Agent Document Group Image LabelProperty OnlineAccount OnlineChatAccount OnlineEcommerceAccount
OnlineGamingAccount Organization Person PersonalProfileDocument Project
account accountName accountServiceHomepage age aimChatID based_near birthday currentProject
depiction depicts dnaChecksum familyName family_name firstName focus fundedBy geekcode gender
givenName givenname holdsAccount homepage icqChatID img interest isPrimaryTopicOf jabberID knows
lastName logo made maker mbox mbox_sha1sum member membershipClass msnChatID myersBriggs name nick
openid page pastProject phone plan primaryTopic publications schoolHomepage sha1 skypeID status
surname theme thumbnail tipjar title topic topic_interest weblog workInfoHomepage
workplaceHomepage yahooChatID
"""
_VCARD = """
Acquaintance Address Agent BBS Car Cell Child Colleague Contact Coresident Coworker Crush Date Dom
Email Emergency Fax Female Friend Gender Group Home ISDN Individual Internet Intl Kin Kind Label
Location Male Me Met Modem Msg Muse Name Neighbor None Organization Other PCS Pager Parcel Parent
Postal Pref RelatedType Sibling Spouse Sweetheart Tel TelephoneType Text TextPhone Type Unknown
VCard Video Voice Work X400
additional-name adr agent anniversary bday category class country-name email extended-address
family-name fn geo given-name hasAdditionalName hasAddress hasCalendarBusy hasCalendarLink
hasCalendarRequest hasCategory hasCountryName hasEmail hasFN hasFamilyName hasGender hasGeo
hasGivenName hasHonorificPrefix hasHonorificSuffix hasInstantMessage hasKey hasLanguage hasLocality
hasLogo hasMember hasName hasNickname hasNote hasOrganizationName hasOrganizationUnit hasPhoto
hasPostalCode hasRegion hasRelated hasRole hasSound hasSource hasStreetAddress hasTelephone
hasTitle hasUID hasURL hasValue honorific-prefix honorific-suffix key label language latitude
locality logo longitude mailer n nickname note org organization-name organization-unit photo
post-office-box postal-code prodid region rev role sort-string sound street-address tel title tz
uid url value
"""
_ADMS = """
Asset AssetDistribution AssetRepository Identifier SemanticAsset SemanticAssetDistribution
SemanticAssetRepository
identifier includedAsset interoperabilityLevel last next prev representationTechnique sample
schemaAgency status supportedSchema translation versionNotes
"""

TERMS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        DCAT: frozenset(_DCAT.split()),
        DCTERMS: frozenset(_DCTERMS.split()),
        FOAF: frozenset(_FOAF.split()),
        VCARD: frozenset(_VCARD.split()),
        ADMS: frozenset(_ADMS.split()),
    }
)

OBSOLETE: Final[Mapping[str, str]] = MappingProxyType(
    {
        ADMS + "accessURL": DCAT + "accessURL",
        ADMS + "contactPoint": DCAT + "contactPoint",
        ADMS + "version": DCAT + "version",
        DCAT + "Download": DCAT + "Distribution",
        DCAT + "Feed": DCAT + "Distribution",
        DCAT + "WebService": DCAT + "DataService",
        DCAT + "bytes": DCAT + "byteSize",
        DCAT + "dataDictionary": DCTERMS + "conformsTo",
        DCAT + "dataQuality": DCTERMS + "provenance",
        DCAT + "frequency": DCTERMS + "accrualPeriodicity",
        DCAT + "granularity": DCAT + "temporalResolution",
        DCAT + "hasPart": DCTERMS + "hasPart",
        DCAT + "size": DCAT + "byteSize",
        DCTERMS + "IMT": DCTERMS + "MediaType",
        DCTERMS + "frequency": DCTERMS + "accrualPeriodicity",
        DCTERMS + "licence": DCTERMS + "license",
        DCAT + "licence": DCTERMS + "license",
        DCTERMS + "updated": DCTERMS + "modified",
        DCTERMS + "url": DCAT + "accessURL",
        DCAT + "url": DCAT + "accessURL",
        FOAF + "Organisation": FOAF + "Organization",
        FOAF + "email": FOAF + "mbox",
        VCARD + "Contact": VCARD + "Kind",
        VCARD + "Organisation": VCARD + "Organization",
        VCARD + "VCard": VCARD + "Kind",
        VCARD + "adr": VCARD + "hasAddress",
        VCARD + "email": VCARD + "hasEmail",
        VCARD + "hasPhone": VCARD + "hasTelephone",
        VCARD + "hasUrl": VCARD + "hasURL",
        VCARD + "tel": VCARD + "hasTelephone",
        VCARD + "telephone": VCARD + "hasTelephone",
        VCARD + "url": VCARD + "hasURL",
    }
)

NAMESPACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "http://purl.org/dc/elements/1.1/": DCTERMS,
        "https://purl.org/dc/terms/": DCTERMS,
        "http://dublincore.org/documents/dcmi-terms/": DCTERMS,
        "http://purl.org/dcterms/": DCTERMS,
        "https://www.w3.org/ns/dcat#": DCAT,
        "http://www.w3.org/ns/dcat/": DCAT,
        "https://xmlns.com/foaf/0.1/": FOAF,
        "http://xmlns.com/foaf/spec/": FOAF,
        "https://www.w3.org/2006/vcard/ns#": VCARD,
        "http://www.w3.org/2001/vcard-rdf/3.0#": VCARD,
        "https://www.w3.org/ns/adms#": ADMS,
        "https://schema.org/": SCHEMA,
    }
)


@lru_cache(maxsize=4096)
def replacement(term: str) -> tuple[str, bool] | None:
    """Return (the right term, whether ``term`` is obsolete), or ``None`` for a term in order.

    The right term is "" when none is near. Terms of other vocabularies are always in order.
    """
    right = OBSOLETE.get(term)
    if right is not None:
        return right, True
    cut = max(term.rfind("#"), term.rfind("/")) + 1
    namespace, name = term[:cut], term[cut:]
    known = TERMS.get(namespace)
    if known is None:
        proper = NAMESPACES.get(namespace)
        return None if proper is None else (proper + name, True)
    if name in known:
        return None
    return _nearest(namespace, name), False


def _nearest(namespace: str, name: str) -> str:
    """The same name in another case or vocabulary, else the most similar one in its own."""
    capital = name[:1].isupper()
    for home in (namespace, *TERMS):
        for known in TERMS[home]:
            if known.lower() == name.lower() and known[:1].isupper() == capital:
                return home + known
    same_kind = sorted(known for known in TERMS[namespace] if known[:1].isupper() == capital)
    close = difflib.get_close_matches(name, same_kind, n=1, cutoff=0.75)
    return namespace + close[0] if close else ""
