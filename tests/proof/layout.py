"""The columns of the eleven lists as Ofsted's guidance words them: heading, key, what it holds.

Written from the guidance and known to nobody else: the program's own tables are not read. Only the
columns that a definition or a breakdown looks at are here. What a column holds is "id", "date",
"birth", "number", "text", or the stable parts of its codes.
"""

from __future__ import annotations

YES_NO = "Yes No Unknown"
GENDER = "Male|Female|Not stated/recorded|Neither"
ETHNICITY = (
    "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH "
    "REFU NOBT UNKNOWN"
)
SOURCE = "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10"
NEED = "N1 N2 N3 N4 N5 N6 N7 N8 N9 N0"
CLOSURE = "RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9"
STATUS = (
    "Looked after child|Child Protection plan|Child in need plan|Open assessment|Closed episode"
)
ABUSE = "Neglect|Physical abuse|Sexual abuse|Emotional abuse|Multiple/not recommended"
LEGAL = "C1 C2 D1 E1 V2 L1 L2 L3 J1 J2 J3 V3 V4 V1"
PERMANENCE = (
    "Return to family|Adoption|SGO/CAO|Supported living in the community|"
    "Long-term residential placement|Long-term fostering|other"
)
CEASED = "E11 E12 E2 E3 E4A E4B E13 E41 E45 E46 E47 E48 E5 E6 E7 E9 E14 E15 E16 E17 E8 X1"
PLACEMENT = (
    "U1 U2 U3 U4 U5 U6 A3 A4 A5 A6 P1 P2 P3 H5 K1 K2 K3 R1 R2 R3 R5 S1 Z1 Z11 Z12 Z13 Z14 "
    "T0 T1 T2 T3 T4"
)
LOCATION = "In|Out"
IN_TOUCH = "Yes No Died Refu NREQ Rhom"
ACCOMMODATION = "B C D E G H K R S T U V W X Y Z"
SUITABLE = "Suitable|Unsuitable"
ACTIVITY = "F1 P1 F2 P2 F3 P3 G4 G5 G6 F4 P4 F5 P5"

CHILD = {
    "Child Unique ID": ("child_id", "id"),
    "Gender": ("gender", GENDER),
    "Ethnicity": ("ethnicity", ETHNICITY),
    "Date of Birth": ("date_of_birth", "birth"),
}
ALLOCATED = {"Allocated Team": ("team", "text"), "Allocated Worker": ("worker", "text")}

Columns = dict[str, tuple[str, str]]
LISTS: dict[int, tuple[str, Columns]] = {
    1: (
        "contacts",
        {
            **CHILD,
            "Date of Contact": ("contact_date", "date"),
            "Contact Source": ("contact_source", SOURCE),
        },
    ),
    2: (
        "early_help",
        {
            **CHILD,
            "Assessment start date": ("start_date", "date"),
            "Assessment completion date": ("completion_date", "date"),
        },
    ),
    3: (
        "referrals",
        {
            **CHILD,
            **ALLOCATED,
            "Date of referral": ("referral_date", "date"),
            "Referral Source": ("referral_source", SOURCE),
            "Referral NFA": ("no_further_action", YES_NO),
            "Number of Referrals in Last 12 Months": ("referrals_last_12_months", "number"),
        },
    ),
    4: (
        "assessments",
        {
            **CHILD,
            **ALLOCATED,
            "Continuous Assessment Start Date": ("start_date", "date"),
            "Child Seen During Continuous Assessment": ("child_seen", YES_NO),
            "Continuous Assessment Date of Authorisation": ("authorised_date", "date"),
            "Was the child assessed as requiring LA childrens social care support": (
                "support_needed",
                YES_NO,
            ),
        },
    ),
    5: (
        "section47",
        {
            **CHILD,
            **ALLOCATED,
            "Strategy discussion initiating Section 47 Enquiry Start Date": (
                "strategy_discussion_date",
                "date",
            ),
            "Date of Initial Child Protection Conference": ("icpc_date", "date"),
            "Did the Initial Child Protection Conference Result in a Child Protection Plan": (
                "icpc_led_to_plan",
                YES_NO,
            ),
        },
    ),
    6: (
        "children_in_need",
        {
            **CHILD,
            **ALLOCATED,
            "CIN Start Date": ("start_date", "date"),
            "Primary Need Code": ("need", NEED),
            "Date Child Was Last Seen": ("last_seen_date", "date"),
            "CIN Closure Date": ("closure_date", "date"),
            "Reason for Closure": ("closure_reason", CLOSURE),
            "Case status": ("case_status", STATUS),
        },
    ),
    7: (
        "child_protection",
        {
            **CHILD,
            **ALLOCATED,
            "Child Protection Plan Start Date": ("start_date", "date"),
            "Latest Category of Abuse": ("latest_category", ABUSE),
            "Date of the Last Statutory Visit": ("last_visit_date", "date"),
            "Was the Child Seen Alone": ("seen_alone", YES_NO),
            "Date of latest review conference": ("last_review_date", "date"),
            "Child Protection Plan End Date": ("end_date", "date"),
            "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six "
            "Months": ("emergency_protection", YES_NO),
            "Number of Previous Child Protection Plans": ("previous_plans", "number"),
        },
    ),
    8: (
        "children_looked_after",
        {
            **CHILD,
            **ALLOCATED,
            "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months": (
                "uasc",
                YES_NO,
            ),
            "Date Started to be Looked After": ("start_date", "date"),
            "Childs Category of Need": ("need", NEED),
            "Childs Legal Status": ("legal_status", LEGAL),
            "Date of Latest Statutory Review": ("last_review_date", "date"),
            "Date of Last Social Work Visit": ("last_visit_date", "date"),
            "What is the permanence plan for this child": ("permanence_plan", PERMANENCE),
            "Date of Last Health Assessment": ("last_health_date", "date"),
            "Date of Last Dental Check": ("last_dental_date", "date"),
            "Number of Placements in the Last 12 months": ("placements_last_12_months", "number"),
            "Date Ceased to be Looked After": ("end_date", "date"),
            "Reason Ceased to be Looked After": ("end_reason", CEASED),
            "Start Date of Most Recent Placement": ("placement_date", "date"),
            "Placement Type": ("placement_type", PLACEMENT),
            "Placement Location": ("placement_location", LOCATION),
            "Number of Episodes the Child has been Missing from their Placement in the last 12 "
            "months": ("missing_last_12_months", "number"),
            "Was the child offered a Return Interview after their last missing episode": (
                "interview_offered",
                YES_NO,
            ),
            "Did the child accept a Return Interview after their last missing episode": (
                "interview_accepted",
                YES_NO,
            ),
        },
    ),
    9: (
        "care_leavers",
        {
            **CHILD,
            **ALLOCATED,
            "Latest Pathway Plan Review Date": ("pathway_review_date", "date"),
            "LA In Touch": ("in_touch", IN_TOUCH),
            "Type of Accommodation": ("accommodation", ACCOMMODATION),
            "Suitability of Accommodation": ("suitability", SUITABLE),
            "Activity Status": ("activity", ACTIVITY),
        },
    ),
    10: (
        "adoption",
        {
            **CHILD,
            "Date the Child Entered Care": ("entered_care_date", "date"),
            "Date of Decision that Child Should be Placed for Adoption": ("decision_date", "date"),
            "Date of Placement Order": ("placement_order_date", "date"),
            "Date of Matching Child and Prospective Adopters": ("match_date", "date"),
            "Date Placed for Adoption": ("placed_date", "date"),
            "Date of Adoption Order": ("adoption_order_date", "date"),
            "Date of Decision that Child Should No Longer be Placed for Adoption": (
                "reversal_date",
                "date",
            ),
            "Date the child was placed for fostering in FFA or concurrent planning placement": (
                "ffa_date",
                "date",
            ),
        },
    ),
    11: ("adopters", {"Individual adopter identifier": ("adopter_id", "id")}),
}
