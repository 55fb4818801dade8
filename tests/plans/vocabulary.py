"""The words that made-up plans are made of: a charting system for hospitals."""

from __future__ import annotations

THEMES = (
    "access",
    "alarms",
    "audit",
    "charting",
    "handover",
    "integration",
    "medication",
    "offline",
    "onboarding",
    "reporting",
    "scheduling",
    "search",
)

AREAS = ("bedside", "integrations", "medication", "planning", "platform", "reporting")

QUALITIES = (
    "Batched",
    "Configurable",
    "Earlier",
    "Faster",
    "Guided",
    "Keyboard-only",
    "Lighter",
    "Multi-site",
    "Offline",
    "One-handed",
    "Printable",
    "Reliable",
    "Role-based",
    "Safer",
    "Shared",
    "Silent",
    "Simpler",
    "Traceable",
    "Undoable",
    "Verified",
)

THINGS = (
    "admission forms",
    "alarm limits",
    "allergy warnings",
    "audit trails",
    "barcode scans",
    "bed plans",
    "blood sugar curves",
    "care pathways",
    "consent forms",
    "consultation requests",
    "discharge letters",
    "dose calculations",
    "duty rosters",
    "fluid balances",
    "handover notes",
    "HL7 messages",
    "infusion protocols",
    "lab results",
    "medication orders",
    "nursing reports",
    "order sets",
    "pain scores",
    "patient lists",
    "photo documentation",
    "ward dashboards",
    "shift summaries",
    "sign-in with badges",
    "spot checks",
    "task lists",
    "transfer checklists",
    "vital signs",
    "voice notes",
    "wound records",
    "Überleitungsbögen",
)

PLACES = (
    "across wards",
    "after transfers",
    "at admission",
    "at the bedside",
    "before surgery",
    "between shifts",
    "for agency staff",
    "for children's wards",
    "for day clinics",
    "for isolation rooms",
    "for locum doctors",
    "for night shifts",
    "for rural sites",
    "in intensive care",
    "in outpatient care",
    "in the emergency room",
    "on shared tablets",
    "on small screens",
    "under load",
    "without a network",
)

TROUBLES = (
    "are typed twice",
    "arrive too late",
    "cannot be found again",
    "cost a walk to the station",
    "disappear when the connection drops",
    "do not say who changed them",
    "hide behind four screens",
    "look alike on a small display",
    "lose their order after a reload",
    "need a second login",
    "need both hands",
    "take minutes to open",
)

WHO = (
    "auditors",
    "head nurses",
    "junior doctors",
    "night nurses",
    "pharmacists",
    "physiotherapists",
    "shift leads",
    "ward clerks",
)

FOR_CUSTOMERS = (
    "Your wards spend less of every shift on {thing}, and you can show it in the yearly report.",
    "With this change {thing} no longer depend on a single workstation per corridor.",
    "Hospitals of your size told us that {thing} {trouble}; that time goes back to care.",
    "You decide per site when it is switched on, and nothing changes for sites that wait.",
    "The licence stays the same; {thing} become part of every plan.",
    "It shortens the training of new staff, since {thing} now work as every other form does.",
    "Your own data protection officer can follow each access to {thing} without a request to us.",
    "Audits of {thing} need one export instead of three, and *no* manual list beside it.",
    "You get the figures by ward and by quarter, in a form that your controllers already read.",
    "Contracts that name {thing} are met with this, **without** extra modules.",
)

FOR_USERS = (
    "You no longer have to write {thing} down and type them in later.",
    "Tap once to open {thing} {place}; a second tap brings you back to where you were.",
    "If the connection drops, what you entered stays on the device and is sent when it returns.",
    "The list keeps its order, so that the next colleague finds {thing} where you left them.",
    "Press `Ctrl` and `K` to reach {thing} from every screen.",
    "You see at a glance who changed {thing} last, and when.",
    "Nothing moves on the screen while you type, not even when new {thing} come in.",
    "Old shortcuts go on working; *new* ones are listed under the question mark.",
    "When two people work on the same {thing}, both see it before anything is overwritten.",
    "Large type and the dark scheme work here as well.",
)

INTERNAL = (
    "Sales asked for this in two tenders; neither depends on it alone.",
    "The estimate assumes that the synchronisation of {thing} is reused as it stands.",
    "We keep the old screen behind a switch for one release and count who goes back.",
    "Support expects fewer tickets about {thing}, mostly from the two largest sites.",
    "The team wants to learn from the pilot ward before the second site is promised.",
    "A cheaper variant without history was tried and refused in the design review.",
    "Migration touches every stored copy of {thing}; plan a quiet weekend.",
    "Legal has read the wording about {thing} and asked for one change, which is in.",
)

SUMMARIES = (
    "{Thing} {trouble} {place}.",
    "{Who} report that {thing} {trouble}.",
    "{Place}, {thing} {trouble}, say {who}.",
    "{Who} work around {thing} on paper, because they {trouble}.",
)

QUOTES = (
    "I write it on my hand and hope that I get to a screen.",
    "We bought the system for this, and then we print it anyway.",
    "It works on Mondays. At night nobody can help you when it does not.",
    "I stopped counting the clicks; my students have not.",
    "Честно говоря, мы просто звоним друг другу.",
    "Half of my round is waiting for this list.",
)

ROLES = (
    "Anaesthetist",
    "Chief information officer",
    "Chief nursing officer",
    "Clinic manager",
    "Controller",
    "Data protection officer",
    "Emergency physician",
    "Head of procurement",
    "Head of quality",
    "Intensive care nurse",
    "Junior doctor",
    "Krankenhausinformationssystemverantwortlicher",
    "Medical director",
    "Midwife",
    "Night nurse",
    "Pharmacist",
    "Physiotherapist",
    "Social worker",
    "Ward clerk",
    "Ward nurse",
)

SETTINGS = (
    "community hospital",
    "private clinic",
    "rehabilitation centre",
    "rural hospital",
    "university hospital",
)

PEOPLE = (
    "A. Okafor",
    "B. Lindqvist",
    "C. Moreau",
    "D. Çelik",
    "J. Kowalczyk",
    "M. Keller",
    "R. Tanaka",
    "سارة النجار",
)

GOALS = (
    "End every shift with the chart complete",
    "Cut the cost per case without cutting care",
    "Know at any time what happened on the ward",
    "Have new colleagues productive within a week",
    "Pass the next audit without overtime",
)

PAINS = (
    "Enters the same figures in three places",
    "Cannot compare sites, since each counts differently",
    "Learns about incidents from the newspaper",
    "Loses entries when the tablet changes rooms",
    "Waits for a workstation at the change of shift",
)

TAGS = ("accessibility", "compliance", "mobile", "performance", "pilot", "quality", "tender", "usability")
