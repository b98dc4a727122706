"""The eleven lists: Ofsted's headings in Ofsted's order, and what kind of cell each column holds.

List 9 has the four columns that were added after 2019; the other lists have not changed since.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cell(StrEnum):
    """What a column holds."""

    ID = "id"
    CODE = "code"
    DATE = "date"
    NUMBER = "number"
    TEXT = "text"


ID, CODE, DATE, NUMBER, TEXT = Cell.ID, Cell.CODE, Cell.DATE, Cell.NUMBER, Cell.TEXT


@dataclass(frozen=True)
class Layout:
    """One list: its number, the title of Ofsted's template, and its columns."""

    number: int
    title: str
    columns: tuple[tuple[str, Cell], ...]

    @property
    def sheet(self) -> str:
        """Its sheet's name."""
        return f"List_{self.number}"

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings in order."""
        return tuple(heading for heading, _ in self.columns)


BIRTH = "Date of Birth"
AGE = "Age of Child (Years)"
TEAM, WORKER = "Allocated Team", "Allocated Worker"
DISABILITY = "Does the Child have a Disability"
CHILD: tuple[tuple[str, Cell], ...] = (
    ("Child Unique ID", ID),
    ("Gender", CODE),
    ("Ethnicity", CODE),
    (BIRTH, DATE),
    (AGE, NUMBER),
)
DISABLED: tuple[tuple[str, Cell], ...] = (*CHILD, (DISABILITY, CODE))
ALLOCATED: tuple[tuple[str, Cell], ...] = ((TEAM, TEXT), (WORKER, TEXT))

LISTS: tuple[Layout, ...] = (
    Layout(
        1,
        "Contacts",
        (
            *CHILD,
            ("Date of Contact", DATE),
            ("Contact Source", CODE),
        ),
    ),
    Layout(
        2,
        "Early Help",
        (
            *CHILD,
            ("Assessment start date", DATE),
            ("Assessment completion date", DATE),
            ("Organisation completing assessment", TEXT),
        ),
    ),
    Layout(
        3,
        "Referral",
        (
            *CHILD,
            ("Date of referral", DATE),
            ("Referral Source", CODE),
            ("Referral NFA?", CODE),
            ("Number of Referrals in Last 12 Months", NUMBER),
            *ALLOCATED,
        ),
    ),
    Layout(
        4,
        "Assessments",
        (
            *DISABLED,
            ("Continuous Assessment Start Date", DATE),
            ("Child Seen During Continuous Assessment", CODE),
            ("Continuous Assessment Date of Authorisation", DATE),
            ("Was the child assessed as requiring LA children’s social care support", CODE),
            *ALLOCATED,
        ),
    ),
    Layout(
        5,
        "Section 47 enquiries and Initial Child Protection Conferences",
        (
            *DISABLED,
            ("Strategy discussion initiating Section 47 Enquiry Start Date", DATE),
            ("Was an Initial Child Protection Conference deemed unnecessary?", CODE),
            ("Date of Initial Child Protection Conference", DATE),
            ("Did the Initial Child Protection Conference Result in a Child Protection Plan", CODE),
            ("Number of Section 47 Enquiries in the last 12 months", NUMBER),
            ("Number of ICPCs in the last 12 months", NUMBER),
            *ALLOCATED,
        ),
    ),
    Layout(
        6,
        "Children in Need",
        (
            *DISABLED,
            ("CIN Start Date", DATE),
            ("Primary Need Code", CODE),
            ("Date Child Was Last Seen", DATE),
            ("CIN Closure Date", DATE),
            ("Reason for Closure", CODE),
            ("Case status", CODE),
            *ALLOCATED,
        ),
    ),
    Layout(
        7,
        "Child protection",
        (
            *DISABLED,
            ("Child Protection Plan Start Date", DATE),
            ("Initial Category of Abuse", CODE),
            ("Latest Category of Abuse", CODE),
            ("Date of the Last Statutory Visit", DATE),
            ("Was the Child Seen Alone?", CODE),
            ("Date of latest review conference", DATE),
            ("Child Protection Plan End Date", DATE),
            (
                "Subject to Emergency Protection Order or Protected Under Police Powers"
                " in Last Six Months (Y/N)",
                CODE,
            ),
            ("Number of Previous Child Protection Plans", NUMBER),
            *ALLOCATED,
        ),
    ),
    Layout(
        8,
        "Children in care",
        (
            *CHILD,
            ("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)", CODE),
            ("Does the Child have a Disability", CODE),
            ("Date Started to be Looked After", DATE),
            ("Child's Category of Need", CODE),
            (
                "Is this a second or subsequent period of being a Looked After Child"
                " within the last 12 months (Y/N)",
                CODE,
            ),
            ("Start date of current legal status", DATE),
            ("Child's Legal Status", CODE),
            ("Date of Latest Statutory Review", DATE),
            ("Date of Last Social Work Visit", DATE),
            ("What is the permanence plan for this child?", CODE),
            ("Date of Last IRO Visit / Contact to the Child", DATE),
            ("Date of Last Health Assessment", DATE),
            ("Date of Last Dental Check", DATE),
            ("Number of Placements in the Last 12 months", NUMBER),
            ("Date Ceased to be Looked After ", DATE),
            ("Reason Ceased to be Looked After", CODE),
            ("Start Date of Most Recent Placement", DATE),
            ("Placement Type", CODE),
            ("Placement Provider", CODE),
            ("Placement postcode", TEXT),
            ("URN of Placement", TEXT),
            ("Placement Location", CODE),
            ("LA of Placement", TEXT),
            (
                "Number of Episodes the Child has been ‘Missing’ from their Placement"
                " in the last 12 months",
                NUMBER,
            ),
            (
                "Number of Episodes the Child has been ‘Absent’ from their Placement"
                " in the last 12 months",
                NUMBER,
            ),
            (
                "Was the child offered a Return Interview after their last missing episode (Y/N)?",
                CODE,
            ),
            (
                "Did the child accept a Return Interview after their last missing episode (Y/N)?",
                CODE,
            ),
            *ALLOCATED,
        ),
    ),
    Layout(
        9,
        "Care leavers",
        (
            *CHILD,
            (
                "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
                CODE,
            ),
            ("Does the Child have a Disability", CODE),
            ("Allocated Team", TEXT),
            ("Allocated Worker", TEXT),
            ("Allocated Personal Advisor", TEXT),
            ("Eligibility Category", CODE),
            ("Latest Pathway Plan Review Date", DATE),
            ("LA In Touch ", CODE),
            ("Latest Date of Contact", DATE),
            ("Type of Accommodation", CODE),
            ("Suitability of Accommodation", CODE),
            ("Activity Status", CODE),
        ),
    ),
    Layout(
        10,
        "Adoption",
        (
            ("Child Unique ID", ID),
            ("Family identifier", TEXT),
            ("Gender", CODE),
            ("Ethnicity", CODE),
            ("Date of Birth", DATE),
            ("Age of Child (Years)", NUMBER),
            ("Does the Child have a Disability", CODE),
            ("Date the Child Entered Care", DATE),
            ("Date of Decision that Child Should be Placed for Adoption", DATE),
            ("Date of Placement Order", DATE),
            ("Date of Matching Child and Prospective Adopters", DATE),
            ("Date Placed for Adoption", DATE),
            ("Date of Adoption Order ", DATE),
            ("Date of Decision that Child Should No Longer be Placed for Adoption", DATE),
            ("Reason Why Child No Longer Placed for Adoption", CODE),
            (
                "Date the child was placed for fostering in FFA or concurrent planning placement",
                DATE,
            ),
        ),
    ),
    Layout(
        11,
        "Adopters",
        (
            ("Individual adopter identifier", ID),
            ("Family identifier", TEXT),
            ("Gender", CODE),
            ("Ethnicity", CODE),
            ("Disability", CODE),
            ("Is the (prospective) adopter fostering for adoption?", CODE),
            ("Date enquiry received", DATE),
            ("Date Stage 1 started", DATE),
            ("Date Stage 1 ended", DATE),
            ("Date Stage 2 started", DATE),
            ("Date Stage 2 ended", DATE),
            ("Date application submitted", DATE),
            ("Date application approved", DATE),
            ("Date adopter matched with child(ren)", DATE),
            ("Date child/children placed with adopter(s)", DATE),
            ("No. of children placed", NUMBER),
            ("Date of Adoption Order", DATE),
            ("Date of leaving adoption process", DATE),
            ("Reason for leaving adoption process", CODE),
        ),
    ),
)
BY_NUMBER = {layout.number: layout for layout in LISTS}
