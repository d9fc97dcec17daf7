"""A form for the gallery with every kind of field: one required by law, one optional, one wrong."""

from __future__ import annotations

from typing import Any

from django import forms


class SampleForm(forms.Form):
    """Fields of each kind, labelled in the language of the page."""

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zh = lang.startswith("zh")
        self.fields["started_at"] = forms.DateTimeField(
            label="开始时间" if zh else "Started at",
            help_text="现在的时间已填好。" if zh else "The present time is filled in.",
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        )
        self.fields["officers"] = forms.CharField(label="侦查人员" if zh else "Officers")
        self.fields["place"] = forms.ChoiceField(
            label="讯问地点" if zh else "Place",
            choices=[
                ("house", "看守所" if zh else "detention house"),
                ("centre", "办案中心" if zh else "centre"),
            ],
        )
        self.fields["recorded"] = forms.ChoiceField(
            label="同步录音录像" if zh else "Synchronous recording",
            choices=[("yes", "有，全程" if zh else "yes, throughout"), ("no", "没有" if zh else "no")],
            widget=forms.RadioSelect,
        )
        self.fields["read_over"] = forms.BooleanField(
            label="笔录已交被讯问人核对" if zh else "The record was read over by the person interrogated"
        )
        self.fields["note"] = forms.CharField(
            label="备注" if zh else "Note", required=False, widget=forms.Textarea(attrs={"rows": 3})
        )


def filled(lang: str) -> SampleForm:
    """Return the form as it comes back with two faults."""
    form = SampleForm(
        {"started_at": "2026-11-23T09:30", "officers": "", "place": "house", "recorded": "yes"}, lang=lang
    )
    form.is_valid()
    return form
