"""What several stories of the demo world name: units, rooms, and what is told to a suspect."""

DUKOU, QINGZHI_CID, QINGZHI_ECON = "990102510000", "990102150000", "990102160000"
YANHU_ECON, DUNAN_CID, JISHAN_CID = "990121160000", "990202150000", "990221150000"
ROOM = ("interrogation_room", "办案中心讯问室")
TOLD = ("defender", "legal_aid", "plea", "recusal")
