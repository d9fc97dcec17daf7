"""The roles that steps name: who they are, and of which organ.

A role is held through a posting (`coordination.models.Posting`); what else it may do is in `policy.py`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """One role of the procedures; `organ` is the kind of organ that it is held at."""

    id: str
    organ: str
    en: str
    zh: str

    def name(self, lang: str) -> str:
        """Return the title in Chinese for a `lang` that starts with "zh", else in English."""
        return self.zh if lang.startswith("zh") else self.en


CLOCK = "clock"
"""The role of the passing of time: no person may take its steps."""

ROLES = {
    role.id: role
    for role in (
        Role("investigator", "police", "the case officer", "办案民警"),
        Role("police_legal", "police", "the police legal department", "公安法制部门"),
        Role("police_chief", "police", "the head of the police organ", "县级以上公安机关负责人"),
        Role("prosecutor", "procuratorate", "the prosecutor in charge", "承办检察官"),
        Role("chief_procurator", "procuratorate", "the chief procurator", "检察长"),
        Role("office_resident", "procuratorate", "the resident prosecutor of the Office", "侦协办常驻检察官"),
        Role("office_police", "police", "the police staff of the Office", "侦协办公安专门人员"),
        Role(
            "superior_prosecutor",
            "superior_procuratorate",
            "a prosecutor of the superior procuratorate",
            "上一级人民检察院检察官",
        ),
        Role("superior_police", "superior_police", "the superior police organ", "上一级公安机关"),
        Role("custody_officer", "detention_house", "the detention-house officer", "看守所民警"),
        Role("case_manager", "procuratorate", "the case management of the procuratorate", "检察院案管人员"),
        Role(CLOCK, "system", "the passing of time", "系统时钟"),
    )
}

ORGANS = {
    "police": ("the police", "公安机关"),
    "procuratorate": ("the people's procuratorate", "人民检察院"),
    "superior_police": ("the superior police organ", "上一级公安机关"),
    "superior_procuratorate": ("the superior people's procuratorate", "上一级人民检察院"),
    "detention_house": ("the detention house", "看守所"),
    "system": ("the system", "系统"),
}

MIRROR = {
    "police_legal": "case_manager",
    "case_manager": "police_legal",
    "office_police": "office_resident",
    "office_resident": "office_police",
}
"""Who stands where, when the procuratorate starts a process that either desk may start."""
