"""Online-sale clues of the demo: sellers with several accounts, and what looks like them and is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from random import Random

from backend.demo.files import headings
from backend.demo.files.desk import Desk, stamp
from backend.demo.files.tabular import SourceTable, write_text
from backend.demo.invented import Inventor
from backend.demo.nouns.clue_pictures import Album
from backend.demo.truth import TruthJson
from backend.demo.world import DAY, END

FOLDER = "网上线索"
_PLATFORMS = ("QQ", "微信", "Telegram", "论坛", "抖音", "闲置平台")
_PLACES = ("城西", "老码头", "北门", "三岔口", "旧粮站", "水厂后", "东湖边", "纸厂", "汽修街", "果园路")
_SPOTS = ("桥洞下", "蓝色铁门旁", "第二个路灯", "小卖部对面", "停车场角落", "楼梯间", "旧信箱里", "树下花盆")
_GOODS = ("烟粉", "上头电子烟", "烟弹", "听话水", "K粉", "冰毒", "开心水", "小树枝", "麻古")
_STATES = ("刚到", "补货了", "今晚有", "最后几支", "新批次", "老样子", "周末到齐", "天亮前有")
_HOW = (
    "自己来拿",
    "先款后放",
    "放好发图",
    "见面再付",
    "跑一趟送到",
    "老规矩办",
    "认识的才回",
    "半小时内放好",
)
_TAILS = (
    "不认识别问",
    "过期不留",
    "少了不放",
    "别在群里说",
    "来了打个招呼",
    "只做熟人",
    "问多的拉黑",
    "要几个说数",
)
_STOCK = ("有货联系", "全国发货，加微信", "有货私聊，量大从优", "诚信交易，支持验货", "现货供应，欢迎咨询")
_BRANCHES = ("网安", "禁毒", "刑侦", "群众举报")
_UNITS = ("示例县公安局禁毒大队", "示例县公安局网安大队", "示例县公安局刑侦大队")


@dataclass
class CluesTruth:
    """Which seller each clue is of (none for buyers, forwarders, officers), and what must join nothing."""

    sellers: dict[str, list[str]] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    tested: dict[str, bool] = field(default_factory=dict)  # clue → controlled on the day of the act


@dataclass
class _Seller:
    accounts: list[tuple[str, str]]
    phone: str
    payee: str
    ads: list[str]
    picture: int
    nickname: str


def write_clues(desk: Desk) -> TruthJson:
    """Write 线索 with its pictures; what is drawn here is drawn from its own sequence."""
    world = desk.world
    maker = _Maker(Random(f"{world.seed}/{world.behaviour.name}/clues"), desk)
    count = max(8, round(24 * world.size))
    sellers = [maker.seller() for _ in range(count)]
    for n, seller in enumerate(sellers):
        maker.posts(f"S{n + 1}", seller)
    maker.look_alikes(sellers)
    desk.files.append(write_text(desk.folder, f"{FOLDER}/线索.csv", maker.table, "utf-8-sig"))
    desk.files += maker.album.write(desk.folder, FOLDER)
    return asdict(maker.truth)


class _Maker:
    def __init__(self, rng: Random, desk: Desk) -> None:
        self.rng, self.desk = rng, desk
        self.invent = Inventor(Random(f"{desk.world.seed}/{desk.world.behaviour.name}/clues/identifiers"))
        self.table = SourceTable("online_clues", headings.ONLINE_CLUES)
        self.truth = CluesTruth()
        self.album = Album(rng)
        self.known = [
            suspect.person for case in desk.cases for suspect in case.suspects if suspect.part == "贩卖"
        ]

    def seller(self) -> _Seller:
        """Accounts on several platforms, one phone, one payee, a few texts of his own, one picture."""
        rng = self.rng
        accounts = [self.account() for _ in range(rng.choice((1, 2, 3, 2)))]
        person = self.desk.world.people[self.known.pop()] if self.known and rng.random() < 0.2 else None
        phone = person.phones[0].number if person else self.invent.phone()
        ads = [self.ad() for _ in range(rng.choice((1, 1, 2)))]
        return _Seller(
            accounts, phone, self.invent.card()[0], ads, self.album.fresh(), self.invent.nickname()
        )

    def account(self) -> tuple[str, str]:
        platform = self.rng.choice(_PLATFORMS)
        number = self.rng.randrange(10**8)
        if platform == "QQ":
            return platform, f"9{number:08d}"
        return platform, f"wxid_demo{number:08d}" if platform == "微信" else f"demo_{number:08d}"

    def ad(self) -> str:
        rng = self.rng
        parts = [rng.choice(_PLACES), rng.choice(_SPOTS), rng.choice(_GOODS), rng.choice(_STATES)]
        return "".join(parts) + "，{}一个，" + rng.choice(_HOW) + "，" + rng.choice(_TAILS)

    def posts(self, name: str, seller: _Seller) -> None:
        """Two to nine posts; each shows some of what the seller has."""
        for _ in range(self.rng.randrange(2, 10)):
            self.truth.sellers.setdefault(name, []).append(self.post(seller))

    def post(self, seller: _Seller, **more: str) -> str:
        """One post of a seller: price, spelling, pictures and contact vary."""
        rng = self.rng
        platform, account = rng.choice(seller.accounts)
        text = (
            rng.choice(seller.ads).format(rng.randrange(8, 60) * 10)
            if rng.random() < 0.75
            else rng.choice(_STOCK)
        )
        text = rng.choice(_WAYS)(text)
        told = {"平台": platform, "平台账号": account, "昵称": seller.nickname, "内容": text}
        if rng.random() < 0.45:
            told["联系方式"] = seller.phone
        if rng.random() < 0.3:
            told["收款账号"] = seller.payee
        if rng.random() < 0.25:
            told["图片文件"] = self.album.variant(seller.picture)
        clue = self.row({**told, **more})
        if rng.random() < 0.2:
            self.truth.tested[clue] = self._tested(clue)
        return clue

    def row(self, told: dict[str, str], at: int | None = None) -> str:
        """Write a clue and return its number."""
        rng, number = self.rng, f"WX2025{len(self.table.rows) + 1:05d}"
        posted = rng.randrange(END - 10 * DAY) if at is None else at
        base = {
            "线索编号": number,
            "来源警种": rng.choice(_BRANCHES),
            "发布时间": stamp(posted),
            "接收时间": stamp(posted + rng.randrange(DAY, 5 * DAY)),
            "接收单位": rng.choice(_UNITS),
            "线索状态": rng.choice(("待核查", "已核查", "已转办")),
        }
        if rng.random() < 0.5:
            base |= {"证据保全": "在线提取", "完整性校验值": f"{rng.getrandbits(256):064x}"}
        if rng.random() < 0.4:
            base |= {"报价(元)": str(rng.randrange(8, 60) * 10), "报价数量": "1", "报价单位": "支"}
        self.table.add(*(({**base, **told}).get(name, "") for name in headings.ONLINE_CLUES))
        return number

    def _tested(self, clue: str) -> bool:
        """Add a laboratory result to the last row; 一氧化二氮 is no controlled drug."""
        substance, controlled = self.rng.choice((("依托咪酯", True), ("氟胺酮", True), ("一氧化二氮", False)))
        cells, names = self.table.rows[-1].cells, list(headings.ONLINE_CLUES)
        assert cells[names.index("线索编号")] == clue
        cells[names.index("检出物质")] = substance
        cells[names.index("检出日期")] = stamp(END - DAY, "%Y-%m-%d")
        return controlled

    def look_alikes(self, sellers: Sequence[_Seller]) -> None:
        """What ordinary life adds: couriers, platforms, forwarders, buyers, officers, shops, everybody's picture."""
        rng, truth = self.rng, self.truth
        courier, every = self.invent.phone(), self.album.fresh()
        for n, seller in enumerate(sellers):
            name = f"S{n + 1}"
            if n % 2 == 0:
                told = rng.choice(seller.ads).format(99) + f"，快递员电话{courier}"
                truth.sellers[name].append(self.post(seller, 内容=told))
            if n % 3 == 0:
                truth.sellers[name].append(
                    self.post(seller, 收款账号="财付通", 收款人="财付通支付科技有限公司")
                )
            truth.sellers[name].append(self.post(seller, 图片文件=self.album.variant(every)))
        for _ in range(3):  # who passes on what several sellers write
            platform, account = self.account()
            for seller in rng.sample(list(sellers), 3):
                text = f"转发：{rng.choice(seller.ads).format(120)}"
                truth.others.append(
                    self.row({"平台": platform, "平台账号": account, "内容": text, "联系方式": seller.phone})
                )
        for _ in range(4):
            platform, account = self.account()
            text = rng.choice(("求购烟弹，有的留个联系方式", "谁有小树枝，价好说", "收一点上头电子烟，急"))
            truth.others.append(self.row({"平台": platform, "平台账号": account, "内容": text}))
        for text in ("拒绝毒品，珍爱生命", "警惕上头电子烟，发现请举报"):
            truth.others.append(
                self.row({"平台": "微信", "平台账号": "demo_jindu", "昵称": "示例县禁毒办", "内容": text})
            )
        shops = ("薰衣草香薰礼盒，买一送一", "浴盐足浴球，女生节特价", "园艺植物肥料，十斤包邮")
        for n, text in enumerate(shops):  # everyday things: each its own seller, one name on two platforms
            shop = {"平台": _PLATFORMS[3 + n], "平台账号": f"demo_shop{n % 2}0", "昵称": "小店", "内容": text}
            truth.sellers[f"X{n}"] = [self.row(shop)]


def _traditional(text: str) -> str:
    return text.translate(str.maketrans("门厂个东后烟电头发见边问", "門廠個東後煙電頭發見邊問"))


_WAYS: tuple[Callable[[str], str], ...] = (
    str,
    str,
    _traditional,
    lambda text: text.replace("，", " "),
    lambda text: text.replace("，", "！") + "❄",
    lambda text: text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
)
"""Ways of writing one text."""
