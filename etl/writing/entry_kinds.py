"""The short names of what can be entered by hand, apart from what it takes to enter it."""

KINDS = {
    "case": "cases",
    "person": "person_list",
    "case-person": "case_persons",
    "identifier": "identifier_list",
    "link": "link_list",
    "payment": "payment_pairs",
    "message": "message_pairs",
    "seizure": "seizures",
    "clue": "online_clues",
    "parcel": "waybills",
    "holder": "phone_holders",
    "vehicle": "vehicles",
}
"""What can be entered under a short name; any other kind of table by its own."""
