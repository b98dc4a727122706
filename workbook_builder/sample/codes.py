"""The codes of the lists in the form "a) Male", with how often each comes up."""

from __future__ import annotations

YES, NO, UNKNOWN = "a) Yes", "b) No", "c) Unknown"
MALE, FEMALE, NOT_STATED, NEITHER = "a) Male", "b) Female", "c) Not stated/recorded", "d) Neither"
# Of adopters the letters of the last two are swapped.
ADOPTER_GENDER = {MALE: 0.42, FEMALE: 0.57, "c) Neither": 0.003, "d) Not stated/recorded": 0.007}
GENDER = {MALE: 0.525, FEMALE: 0.468, NOT_STATED: 0.004, NEITHER: 0.003}
ETHNICITY = {
    "a) WBRI": 0.60,
    "b) WIRI": 0.006,
    "c) WIRT": 0.006,
    "d) WOTH": 0.06,
    "e) WROM": 0.012,
    "f) MWBC": 0.04,
    "g) MWBA": 0.018,
    "h) MWAS": 0.022,
    "i) MOTH": 0.035,
    "j) AIND": 0.016,
    "k) APKN": 0.05,
    "l) ABAN": 0.02,
    "m) AOTH": 0.022,
    "n) BCRB": 0.02,
    "o) BAFR": 0.04,
    "p) BOTH": 0.015,
    "q) CHNE": 0.004,
    "r) OOTH": 0.02,
    "s) REFU": 0.006,
    "s) NOBT": 0.02,
}
UASC_ETHNICITY = {"r) OOTH": 0.45, "m) AOTH": 0.3, "o) BAFR": 0.25}
DISABILITY = {YES: 0.11, NO: 0.86, UNKNOWN: 0.03}
SOURCE = {
    "a) 1A: Individual": 0.05,
    "b) 1B: Individual": 0.03,
    "c) 1C: Individual": 0.02,
    "d) 1D: Individual": 0.02,
    "e) 2A: Schools": 0.19,
    "f) 2B: Education services": 0.03,
    "g) 3A: Health services": 0.03,
    "h) 3B: Health services": 0.03,
    "i) 3C: Health services": 0.03,
    "j) 3D: Health services": 0.03,
    "k) 3E: Health services": 0.02,
    "l) 3F: Health services": 0.01,
    "m) 4: Housing": 0.02,
    "n) 5A: LA services": 0.05,
    "o) 5B: LA services": 0.04,
    "p) 5C: LA services": 0.03,
    "q) 6: Police": 0.28,
    "r) 7: Other legal agency": 0.03,
    "s) 8: Other": 0.04,
    "t) 9: Anonymous": 0.01,
    "u) 10: Unknown": 0.01,
}
SCHOOLS = ("e) 2A: Schools", "f) 2B: Education services")
HOLIDAY_SOURCE = {code: share for code, share in SOURCE.items() if code not in SCHOOLS}
ORGANISATION = {
    "Early Help Locality North": 0.2,
    "Early Help Locality East": 0.2,
    "Early Help Locality South": 0.15,
    "Primary school": 0.2,
    "Secondary school": 0.1,
    "Health visiting": 0.1,
    "Voluntary sector": 0.05,
}
NEED = {
    "N1 - Abuse or neglect": 0.56,
    "N2 - Child’s disability": 0.08,
    "N3 - Parental disability or illness": 0.04,
    "N4 - Family in acute stress": 0.10,
    "N5 - Family dysfunction": 0.13,
    "N6 - Socially unacceptable behaviour": 0.03,
    "N7 - Low income": 0.005,
    "N8 - Absent parenting": 0.025,
    "N9 - Cases other than children in need": 0.01,
    "N0 - Not stated": 0.02,
}
NEED_OF_DISABLED = "N2 - Child’s disability"
NEED_OF_UASC = "N8 - Absent parenting"
# List 8 words one need the other way round and has neither N9 nor N0.
NEED_IN_CARE = {
    "N3 - Parental disability or illness": "N3 - Parental illness or disability",
    "N9 - Cases other than children in need": "N5 - Family dysfunction",
    "N0 - Not stated": "N1 - Abuse or neglect",
}
ADOPTED, DIED, ARRANGED, GUARDIAN, OTHER_LA, ADULT, CEASED, ASSESSED, EARLY_HELP = (
    "RC1 - Adopted",
    "RC2 - Died",
    "RC3 - Child arrangements order",
    "RC4 - Special guardianship order",
    "RC5 - Transferred to services of another local authority",
    "RC6 - Transferred to adult social care services",
    "RC7 - Services ceased for any other reason, including child no longer in need",
    "RC8 - Case closed after assessment, no further action",
    "RC9 - Case closed after assessment, referred to early help",
)
CASE_STATUS = (
    "a) Looked after child",
    "b) Child Protection plan",
    "c) Child in need plan",
    "d) Open assessment",
    "e) Closed episode",
)
ABUSE = {
    "a) Neglect": 0.48,
    "b) Physical abuse": 0.07,
    "c) Sexual abuse": 0.04,
    "d) Emotional abuse": 0.38,
    "e) Multiple/not recommended": 0.03,
}
S20, ICO, FCO, PLACEMENT_ORDER = (
    "V2: Single period under S20",
    "C1: ICO",
    "C2: FCO",
    "E1: Placement order",
)
POLICE, EPO, REMAND = (
    "L1: Police protection LA accommodation",
    "L2: EPO",
    "J1: Remanded to LA or youth detention",
)
BREAKS = {
    "V3: Short term breaks, episodes recorded": 0.15,
    "V4: Short term breaks, agreements recorded": 0.85,
}
FIRST_STATUS = {S20: 0.46, ICO: 0.36, EPO: 0.08, POLICE: 0.09, REMAND: 0.01}
E11, E12, E2, E3, E4A, E4B, E13, E41 = (
    "a) E11: Adopted - application unopposed",
    "b) E12: Adopted - consent dispensed",
    "c) E2: Died",
    "d) E3: Care taken by another LA",
    "e) E4A: Returned home to live with parents or relatives - part of planning",
    "f) E4B: Returned home to live with parents or relatives - not part of planning",
    "g) E13: Parents, relatives or other with no parental responsibility",
    "h) E41: Residence order granted",
)
E45, E46, E47, E48, E5, E6, E7, E9, E15, E8 = (
    "i) E45: Special Guardianship Orders - former carer relative/friend",
    "j) E46: Special Guardianship Orders - former carer other",
    "k) E47: Special Guardianship Orders - relative/friend",
    "l) E48: Special Guardianship Orders - other",
    "m) E5: Moved into independent living - supported",
    "n) E6: Moved into independent living - no support",
    "o) E7: Transferred to residential care funded by adult social services",
    "p) E9: Sentenced to custody",
    "r) E15: Age assessment determined child was 18 or over",
    "t) E8: Care ceased for any other reason",
)
HOME = (E4A, E4B)
AT_18 = {E5: 0.36, E6: 0.16, E7: 0.08, E4A: 0.1, E8: 0.3}
AFTER_WEEKS = {E4A: 0.5, E4B: 0.25, E13: 0.12, E3: 0.02, E8: 0.105, E2: 0.005}
AFTER_MONTHS = {
    E4A: 0.36,
    E4B: 0.08,
    E45: 0.16,
    E46: 0.02,
    E47: 0.14,
    E48: 0.02,
    E41: 0.09,
    E13: 0.05,
    E3: 0.03,
    E9: 0.005,
    E2: 0.005,
    E8: 0.04,
}
CLOSED_BY = {
    E11: ADOPTED,
    E12: ADOPTED,
    E2: DIED,
    E3: OTHER_LA,
    E41: ARRANGED,
    E45: GUARDIAN,
    E46: GUARDIAN,
    E47: GUARDIAN,
    E48: GUARDIAN,
    E7: ADULT,
}
