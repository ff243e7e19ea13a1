#!/usr/bin/env python3
"""finre_to_tsv.py FINRE.jsonl > LINES.tsv: labels of FinRE (MIT) as classes for mailuo-train-relations.
Input lines: {"text", "head", "tail", "relation"}."""
import json
import sys

CODES = {
    "收购": "ACQUIRES>", "拟收购": "ACQUIRES>", "买资": "ACQUIRES>", "借壳": "ACQUIRES>", "注资": "INVESTS_IN>",
    "入股": "INVESTS_IN>", "持股": "HOLDS_STAKE>", "增持": "INCREASES_STAKE>", "减持": "REDUCES_STAKE>",
    "转让": "REDUCES_STAKE>", "交易": "TRADES_WITH=", "拥有": "PARENT_OF>", "合并": "MERGES_WITH=",
    "重组": "MERGES_WITH=", "合资": "JV_WITH=", "合作": "PARTNERS_WITH=", "签约": "SIGNS_WITH=",
    "竞争": "COMPETES_WITH=", "成立": "FOUNDS>", "商讨": "NEGOTIATES_WITH=", "欠款": "OWES_OR_GUARANTEES>",
    "帮助": "OWES_OR_GUARANTEES>", "发行": "ISSUES_TO>", "分析": "COVERS>", "自己": "ALIAS_OF=",
    # Without a direction in FinRE: the name that stands first is taken as the head.
    "纠纷": "SUES", "订单": "SUPPLIES_TO",
}


def code_of(row):
    """The class as seen from the row's head, or '-'."""
    label = row["relation"]
    if label == "unknown":
        return "-"
    passive = label.startswith("被")
    code = CODES[label[1:] if passive else label]
    if code[-1] not in "><=":
        first = row["text"].find(row["head"]) <= row["text"].find(row["tail"])
        return code + (">" if first else "<")
    return code[:-1] + "<" if passive and code.endswith(">") else code


def main():
    texts = {}
    with open(sys.argv[1], encoding="utf8") as lines:
        for line in lines:
            row = json.loads(line)
            texts.setdefault(row["text"], []).append(row)
    for text, rows in texts.items():
        if "\t" in text:
            continue
        for row in rows:
            print(text, row["head"], row["tail"], code_of(row), sep="\t")


if __name__ == "__main__":
    main()
