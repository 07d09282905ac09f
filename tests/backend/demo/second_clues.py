"""A second maker of online-sale clues, of other shapes than the demo's: no figure rests on the maker a rule was built on."""

from __future__ import annotations

from random import Random

HEADING = [
    "线索编号",
    "平台",
    "平台账号",
    "昵称",
    "发布时间",
    "内容",
    "联系方式",
    "收款账号",
    "快递单号",
    "收款人",
    "上游线索编号",
]
_SIGNS = (
    "云山海月风花雪夜星河江湖竹松梅兰菊桃李杏石泉溪谷峰岭林川原野田桥渡港湾岛洲沙岩土木金火水春夏秋冬晨昏朝暮"
)
_NAMES = ("小树枝", "烟油", "神仙水", "飞叶子", "麻果", "邮票")
_FRAMES = (
    "{name} {own} 价{price} 要的飞机联系",
    "【{own}】{name}{price}/份❗",
    "出{name}啦～{own}～{price}起",
    "{own}这边{name}还有，{price}拿走",
)
_SHARED = ("有货私聊", "全国发货 加微信", "現貨供應，歡迎諮詢", "需要的私聊", "量大從優 加我微信")


def made(seed: int, count: int = 60) -> tuple[list[list[str]], dict[str, list[str]], list[str]]:
    """Rows of 线索 under ``HEADING``, the clues of each seller, and those that are nobody's."""
    rng = Random(f"second clues {seed}")
    rows: list[list[str]] = [HEADING]
    sellers: dict[str, list[str]] = {}
    others: list[str] = []
    plenty = [f"1900000{n:04d}" for n in range(6_000, 6_400)]
    rng.shuffle(plenty)

    def add(**told: str) -> str:
        number = f"{'ZX' if rng.random() < 0.5 else 'JB'}{len(rows):04d}"
        day = f"2024-{rng.randrange(1, 13):02d}-{rng.randrange(1, 28):02d} {rng.randrange(24):02d}:05:00"
        cells = {"线索编号": number, "发布时间": day, "昵称": rng.choice(("老铁", "阿良", "小店")), **told}
        rows.append([cells.get(name, "") for name in HEADING])
        return number

    platform = "支付宝（中国）网络技术有限公司"
    rider = plenty.pop()
    kept = []
    for n in range(count):
        accounts = [
            (rng.choice(("Telegram", "快手", "贴吧")), f"u{seed}{n:03d}x{k}")
            for k in range(rng.randrange(1, 5))
        ]
        phone, card, own = (
            plenty.pop(),
            f"62299{seed:02d}{n:010d}",
            "".join(rng.choices(_SIGNS, k=rng.randrange(8, 18))),
        )
        frame, name = rng.choice(_FRAMES), rng.choice(_NAMES)
        kept.append((frame.format(name=name, own=own, price=100), phone))
        for k in range(rng.randrange(1, 8)):
            text = frame.format(name=name, own=_worn(own, rng), price=rng.randrange(5, 90) * 10)
            if rng.random() < 0.3:
                text = rng.choice(_SHARED)
            told = dict(zip(("平台", "平台账号"), accounts[k % len(accounts)], strict=True))
            if rng.random() < 0.5:
                told["联系方式"] = f"电话：{phone[:3]} {phone[3:7]} {phone[7:]}"
            if rng.random() < 0.25:
                told["收款账号"] = card
            elif n % 4 == 0:
                told |= {"收款账号": "2088000000000001", "收款人": platform}
            if n % 5 == 0:
                text += f" 跑腿小哥 {rider}"
            sellers.setdefault(f"T{n}", []).append(add(内容=text, **told))
    for n in range(4):
        account = {"平台": "贴吧", "平台账号": f"zhuan{seed}{n}"}
        for text, phone in rng.sample(kept, 3):
            others.append(add(内容=f"[转发] {text}", 联系方式=phone, **account))
        others.append(add(平台="快手", 平台账号=f"buyer{n}", 内容=f"求购{rng.choice(_NAMES)} 有的留言"))
    return rows, sellers, others


def _worn(own: str, rng: Random) -> str:
    """The seller's words as he types them this time: a sign more, or one doubled."""
    at = rng.randrange(len(own))
    return rng.choice((own, own, own + rng.choice("呀哦啦"), own[:at] + own[at] + own[at:]))
