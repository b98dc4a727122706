"""The codes of placements, permanence, leaving care and adoption, with how often each comes up."""

from __future__ import annotations

U1, U2, U3, U4, U5, U6 = (
    "a) U1: Foster placement - relatives - long term",
    "b) U2: Foster placement - relative - FFA",
    "c) U3: Foster placement - relative - not FFA",
    "d) U4: Foster placement - long term",
    "e) U5: Foster placement - FFA",
    "f) U6: Foster placement - not FFA",
)
A5, A6 = (
    "i) A5: Placed for adoption - order - foster",
    "j) A6: Placed for adoption - order - not foster",
)
P1, P2, H5, K1, K2, R1 = (
    "k) P1: Placed with parents",
    "l) P2: Independent living",
    "n) H5: Residential accommodation",
    "o) K1: Secure Children’s Homes",
    "p) K2: Children’s Homes",
    "q) R1: Residential Care Home",
)
R2, R3, R5, S1, Z1, T4 = (
    "r) R2: NHS/Health Trust",
    "s) R3: Family Centre or Mother and Baby Unit",
    "t) R5: Young Offender Institution",
    "u) S1: Residential school",
    "v) Z1: Other placements",
    "zz) T4: Temporary placement - seven days or less",
)
PLACEMENT_UNDER_10 = {U6: 0.55, U4: 0.15, U3: 0.13, U1: 0.06, P1: 0.07, K2: 0.02, R3: 0.02}
PLACEMENT_10_TO_15 = {
    U6: 0.44,
    U4: 0.18,
    U3: 0.08,
    U1: 0.04,
    K2: 0.17,
    P1: 0.05,
    S1: 0.02,
    K1: 0.005,
    R1: 0.015,
}
PLACEMENT_16_TO_17 = {
    U6: 0.24,
    U4: 0.13,
    U3: 0.04,
    K2: 0.12,
    H5: 0.27,
    P2: 0.11,
    R1: 0.02,
    R2: 0.01,
    R5: 0.02,
    Z1: 0.04,
}
PARENTS, OWN, PRIVATE = (
    "a) PR0: Parents/Parental responsibility",
    "b) PR1: Own provision",
    "e) PR4: Private provision",
)
FOSTER_PROVIDER = {
    OWN: 0.58,
    "c) PR2: Other LA provision": 0.03,
    PRIVATE: 0.34,
    "f) PR5: Voluntary/third sector": 0.05,
}
OTHER_PROVIDER = {
    OWN: 0.16,
    "c) PR2: Other LA provision": 0.03,
    "d) PR3: Other public provision": 0.02,
    PRIVATE: 0.70,
    "f) PR5: Voluntary/third sector": 0.09,
}
INSIDE, OUTSIDE = "a) In", "b) Out"
HERE = "Samplechester"
ELSEWHERE = {
    "Northmere": 0.3,
    "Eastvale": 0.28,
    "Westerbourne": 0.2,
    "Southdale": 0.14,
    "WAL - Child placed in Wales": 0.03,
    "SCO - Child placed in Scotland": 0.01,
    "CON - Child placed in confidential placement": 0.04,
}
HOME_PLAN, ADOPTION_PLAN, GUARDIAN_PLAN, LIVING_PLAN, FOSTER_PLAN = (
    "a) Return to family",
    "b) Adoption",
    "c) SGO/CAO",
    "d) Supported living in the community",
    "f) Long-term fostering",
)
PERMANENCE = {
    HOME_PLAN: 0.25,
    GUARDIAN_PLAN: 0.14,
    LIVING_PLAN: 0.1,
    "e) Long-term residential placement": 0.08,
    FOSTER_PLAN: 0.41,
    "g) other": 0.02,
}
RELEVANT, FORMER_RELEVANT, QUALIFYING, ELIGIBLE = (
    "a) Relevant child",
    "b) Former relevant child",
    "c) Qualifying care leaver",
    "d) Eligible child",
)
IN_TOUCH = "a) Yes"
TOUCH = {
    IN_TOUCH: 0.91,
    "b) No": 0.045,
    "d) Refu": 0.015,
    "e) NREQ": 0.02,
    "f) Rhom": 0.01,
}
ACCOMMODATION = {
    "B: Parents/relatives": 0.14,
    "C: Community home / residential care": 0.03,
    "D: Semi-independent, transitional accommodation and self-contained accommodation": 0.17,
    "E: Supported lodgings": 0.06,
    "G: Abroad": 0.004,
    "H: Deported": 0.001,
    "K: Ordinary lodgings, without formal support": 0.03,
    "R: Residence not known": 0.01,
    "S: No fixed abode / homeless": 0.015,
    "T: Foyers and similar supported accommodation": 0.06,
    "U: Independent living": 0.33,
    "V: Emergency accommodation": 0.005,
    "W: Bed and breakfast": 0.005,
    "X: In custody": 0.035,
    "Y: Other accommodation": 0.025,
    "Z: With former foster carers": 0.08,
}
NEVER_SUITABLE = ("R", "S", "V", "W", "X")
SUITABLE, UNSUITABLE = "a) Suitable", "b) Unsuitable"
ACTIVITY = {
    "F1: Full time in higher education": 0.055,
    "P1: Part time in higher education": 0.005,
    "F2: Full time in education other than higher": 0.19,
    "P2: Part time in education other than higher": 0.02,
    "F4: Young person engaged full time in an apprenticeship": 0.03,
    "P4: Young person engaged part time in an apprenticeship": 0.005,
    "F5: Young person engaged full time in training or employment (not apprenticeship)": 0.21,
    "P5: Young person engaged part time in training or employment (not apprenticeship)": 0.055,
    "G4: Not in education, employment or training - illness or disability": 0.12,
    "G5: Not in education, employment or training - other": 0.26,
    "G6: Not in education, employment or training - pregnancy or parenting": 0.05,
}
REVERSED = {
    "RD1 - The child’s needs changed subsequent to the decision": 0.5,
    "RD2 - The Court did not make a placement order": 0.2,
    "RD3 - Prospective adopters could not be found": 0.2,
    "RD4 - Any other reason": 0.1,
}
LEFT_PROCESS = {
    "1 - Adopter withdrew from process": 0.75,
    "2 - Process put on hold": 0.15,
    "3 - Application refused": 0.1,
}
