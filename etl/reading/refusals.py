"""Why a file is refused and what to do about it, in Chinese and English."""

from __future__ import annotations

from graph_schema.errors import InputError
from graph_schema.language import Text

REFUSALS: dict[str, tuple[str, str]] = {
    "empty": (
        "文件为空，请向来源核对后重新调取。",
        "The file is empty: check with the source and ask for it again.",
    ),
    "refused_by_database": (
        "数据库拒绝写入（{detail}）：本次写入已全部撤回，数据库可照常使用。请将此信息报告维护人员，"
        "并逐个导入文件以找出有问题的一个。",
        "The database refuses to write it ({detail}): everything this load wrote was undone; the database can be "
        "used as before. Report this message, and load the files one by one to find the one at fault.",
    ),
    "no_rows": ("只有表头，没有数据行。", "Only a heading, no data rows."),
    "rar": (
        "本机没有读取 RAR 的程序库，请解压后导入文件夹。",
        "There is no library for RAR on this kind of machine: unpack it and load the folder.",
    ),
    "rar_volumes": (
        "这是分卷压缩包的一部分，请先合并解压，再导入文件夹。",
        "A part of an archive in several volumes: unpack them together and load the folder.",
    ),
    "rar_password_ascii": (
        "RAR 的密码含有非 ASCII 字符，无法打开：请解压后导入文件夹。",
        "The password of a RAR archive can only be ASCII here: unpack it and load the folder.",
    ),
    "gzip": (
        "不支持 gzip/tar 压缩包，请解压后导入文件夹。",
        "gzip and tar archives are not read: unpack it and load the folder.",
    ),
    "pdf_scanned": (
        "PDF 是扫描件或图片，没有文字（共 {pages} 页）：请向来源调取电子版 PDF、xlsx 或 csv，不要识别后手工录入。",
        "A scanned PDF, pictures without text ({pages} pages): ask the source for the electronic PDF, xlsx or csv.",
    ),
    "pdf_no_table": (
        "PDF 中没有找到交易明细表头（读到：{seen}）：请向来源调取 xlsx 或 csv 格式的明细。",
        "No heading of a statement was found in the PDF (read: {seen}): ask the source for the table as xlsx or csv.",
    ),
    "pdf_password": (
        "PDF 已加密：用 --password-file 给出密码后重新导入，密码不保存。",
        "The PDF is encrypted: load it again with --password-file; the password is not stored.",
    ),
    "pdf_wrong_password": ("PDF 密码不正确。", "The password does not open this PDF."),
    "broken_pdf": (
        "PDF 已损坏（{detail}），请重新调取。",
        "The PDF is damaged ({detail}): ask for it again.",
    ),
    "image": (
        "不支持图片，请调取电子表格。",
        "Pictures are not read: ask for the table itself as xlsx or csv.",
    ),
    "word": (
        "不支持 Word 文档，请将其中的表格另存为 xlsx 或 csv。",
        "Word documents are not read: save their table as xlsx or csv.",
    ),
    "slides": ("不支持演示文稿，请调取电子表格。", "Slides are not read: ask for the table as xlsx or csv."),
    "html": (
        "网页中没有表格（或表格在另外的文件里），请用表格软件打开后另存为 xlsx。",
        "A web page without a table (or with its table in other files): open it in a spreadsheet and save it as xlsx.",
    ),
    "xml": (
        "不认识的 XML（根元素 {root}）：docs/sources.md 列出支持的格式，或请调取 xlsx、csv。",
        "Unknown XML (root element {root}): docs/sources.md lists what is read, or ask for xlsx or csv.",
    ),
    "xml_dtd": (
        "XML 含文档类型声明（DTD），可能夹带外部引用或炸弹，未解析；请来源去除 DTD 后重新导出。",
        "The XML has a document type declaration (DTD), which can carry external references or a bomb: not parsed. "
        "Ask the source to export it without one.",
    ),
    "broken_xml": (
        "XML 已损坏（{detail}），请重新调取。",
        "The XML is damaged ({detail}): ask for it again.",
    ),
    "json": (
        "不认识的 JSON：docs/sources.md 列出支持的格式，或请调取 xlsx、csv。",
        "Unknown JSON: docs/sources.md lists what is read, or ask for xlsx or csv.",
    ),
    "broken_json": (
        "JSON 已损坏（{detail}），请重新调取。",
        "The JSON is damaged ({detail}): ask for it again.",
    ),
    "bcp_index": (
        "找不到说明该 .bcp 各列的 GAB_ZIP_INDEX.xml，或其中没有该文件：请将整个数据包（zip 或文件夹）一起导入。",
        "GAB_ZIP_INDEX.xml, which names the columns of this .bcp, is missing or does not list it: load the whole package.",
    ),
    "ufdr": (
        "手机检验报告包内没有可识别的 report.xml。",
        "The package holds no phone report that is known (report.xml).",
    ),
    "broken_database": (
        "数据库文件已损坏（{detail}），请重新调取。",
        "The database is damaged ({detail}): ask for it again.",
    ),
    "database": (
        "不认识的数据库文件，请导出为 xlsx 或 csv。",
        "Unknown database file: export the table as xlsx or csv.",
    ),
    "program": ("这是程序文件，不会打开。", "This is a program; it is not opened."),
    "binary": (
        "不是文本也不是表格文件，请调取 xlsx 或 csv。",
        "Neither text nor a workbook: ask for the table as xlsx or csv.",
    ),
    "huge_sheet": (
        "工作表声称有 {rows} 行 {columns} 列，无法打开：请删除表格外的零散单元格后另存再导入。",
        "A sheet claims {rows} rows and {columns} columns: delete stray cells outside the table and save it.",
    ),
    "encrypted_workbook": (
        "工作簿已加密，请去除密码后另存再导入。",
        "The workbook is encrypted: remove its password, save it and load it again.",
    ),
    "broken_workbook": (
        "工作簿已损坏，无法打开（{detail}），请重新调取。",
        "The workbook is damaged ({detail}): ask for it again.",
    ),
    "broken_zip": (
        "压缩包已损坏（{detail}），请重新调取。",
        "The archive is damaged ({detail}): ask for it again.",
    ),
    "zip_password": (
        "压缩包已加密：用 --password-file 给出密码后重新导入，密码不保存。",
        "The archive is encrypted: load it again with --password-file; the password is not stored.",
    ),
    "zip_wrong_password": ("压缩包密码不正确。", "The password does not open this archive."),
    "zip_method": (
        "压缩包的加密或压缩方式（{detail}）不受支持，请解压后导入文件夹。",
        "The archive uses an unsupported method ({detail}): unpack it and load the folder.",
    ),
    "zip_nested": (
        "压缩包嵌套超过一层，请先解压。",
        "Archives are nested more than one level deep: unpack them first.",
    ),
    "zip_entries": (
        "压缩包内文件超过 {limit} 个，请分开导入。",
        "The archive holds more than {limit} entries: load it in parts.",
    ),
    "too_large": (
        "解压后超过 {limit} MB，可能是压缩炸弹；确属证据时请解压后导入。",
        "Unpacked it exceeds {limit} MB (a bomb?): if it is evidence, unpack it and load the folder.",
    ),
    "unsafe_path": (
        "条目路径不安全（绝对路径或 ..），未解压。",
        "Unsafe path in the archive (absolute or ..): not unpacked.",
    ),
    "symlink": ("符号链接不读取，请导入实际文件。", "Symbolic links are not followed: load the file itself."),
    "special": ("不是普通文件，未读取。", "Not a regular file: not read."),
    "missing": ("路径不存在，请核对。", "There is no such path: check its spelling."),
    "unreadable": ("无法打开（{detail}）。", "Cannot be opened ({detail})."),
    "encoding": (
        "编码无法识别（不是 UTF-8、GB18030 或 UTF-16），请另存为 UTF-8 文本。",
        "Unknown text encoding (not UTF-8, GB18030 or UTF-16): save it as UTF-8 text.",
    ),
    "long_line": (
        "第 {line} 行超过 {limit} MB，不是表格文本。",
        "Line {line} is longer than {limit} MB: not a table.",
    ),
    "unknown_table": (
        "无法识别：前 40 行未找到已知表头（读到：{seen}）。请核对表头，或使用 upline templates 的模板。",
        "No known heading in the first 40 rows (read: {seen}). Check it, or use a table of upline templates.",
    ),
    "graph_list": (
        "这是图分析软件的点边表（Gephi 的 CSV、Pajek、GML 等），未导入：看不出谁打给谁、谁付给谁。"
        "请在该软件中另存为 GraphML 或 GEXF 再导入，方向以其中所写为准；不要改写成话单或流水。",
        "A list of nodes or edges of a graph program (CSV of Gephi, Pajek, GML); nothing was loaded: it does not say who "
        "called or paid whom. Save it there as GraphML or GEXF and load that; do not rewrite it as calls or payments.",
    ),
    "side_by_side": (
        "一张工作表里并排放着两个表，未导入：同一行会被当成一条记录。请把它们分到两张工作表后再导入，内容不要改动。",
        "Two tables stand side by side on one sheet; nothing was loaded: one row would be taken for one record. "
        "Put them on two sheets, unchanged, and load again.",
    ),
    "other_zone": (
        "表头或表头前写明时间不是北京时间（如 UTC），未导入：直接读取会差几个小时。请向来源调取北京时间的版本，不要自行改表头。",
        "The heading, or a line above it, says that the times are not those of Beijing (UTC, for instance); nothing was loaded: "
        "they would be hours off. Ask the source for Beijing time; do not change the heading.",
    ),
    "no_table": (
        "没有可映射的表格：只能映射文本表格和工作簿中的表。",
        "No table to map: only text tables and sheets of workbooks can be mapped.",
    ),
    "missing_columns": (
        "最接近“{zh}”，但缺少必备列：{columns}。请先核对是否导错了文件；列名不同的用 upline map 指明各列，"
        "原表就没有的请向来源重新调取，不要自行改表头或补填。",
        "Nearest to “{en}” but lacks the required columns {columns}. Check first that it is the right file; name columns "
        "that are called otherwise with `upline map`, ask the source for what is not there, and do not rename or fill in.",
    ),
    "cashbook": (
        "这是记账本（个人记账）的导出，不是支付流水：没有交易号，也没有对方账户，未导入。请调取流水本身："
        "支付宝用“账单—开具交易流水证明”或账单导出，微信用“钱包—账单—下载账单”，银行用账户交易明细。",
        "This is an export of a personal cash book, not a statement of payments: it has no order numbers and no other "
        "party; nothing was loaded. Ask for the statement itself: Alipay's or WeChat's bill, or the bank's account detail.",
    ),
    "no_owner": (
        "似为“{zh}”，但看不出是谁的账：没有本方账号列，表头前、工作表名、文件名也没有账号。"
        "请按来源出具的材料核实账号，写入工作表名或文件名后重新导入。",
        "Looks like “{en}”, but nothing says whose account it is: no column, nothing above the heading, no sheet or file "
        "name. Establish the account from the source's papers, put it into the sheet or file name and load again.",
    ),
    "not_yet": (
        "识别为{zh}，尚不支持，未导入；原始文件请保留。",
        "Recognised as {en}: not supported yet, nothing loaded; keep the file.",
    ),
    "no_subscriber": (
        "话单没有本机号码列，文件名、文件夹、工作表名和表头前也没有号码。请把号码写入文件名后重新导入。",
        "The call record names no subscriber: no column, no file, folder or sheet name, nothing above the "
        "heading. Put the number into the file name and load again.",
    ),
    "matrix_shape": (
        "邻接矩阵第 {row} 行与表头不一致，未导入。",
        "Row {row} of the adjacency matrix does not agree with its heading.",
    ),
}


REFUSALS |= {
    "reader_memory": (
        "读取时占用内存超过 {limit} MB，已停止，未导入：请将文件拆分后再导入。",
        "Reading it took more than {limit} MB of memory and was stopped; nothing loaded: split the file.",
    ),
    "reader_stalled": (
        "读取 {limit} 秒无进展，已停止，未导入：文件可能是炸弹或已损坏，请重新调取或拆分。",
        "Reading stood still for {limit} s and was stopped; nothing loaded: a bomb or damaged, ask for it again or split it.",
    ),
    "reader_died": (
        "读取程序意外中止（{detail}），未导入：文件可能已损坏，请另存为 xlsx 或 csv 后再导入。",
        "The reading process ended unexpectedly ({detail}); nothing loaded: the file may be damaged, "
        "save it as xlsx or csv and load that.",
    ),
    "reader_failed": (
        "读取时出错（{detail}），未导入：请另存为 xlsx 或 csv 后再导入，并将此信息报告维护人员。",
        "Reading failed ({detail}); nothing loaded: save it as xlsx or csv and load that, and report this message.",
    ),
}


class Unreadable(InputError):
    """A file or sheet that is refused as a whole.

    ``reason`` is the stable code (a key of ``REFUSALS``); the text says in both languages what is wrong
    and what to do.
    """

    code = "E-UNREADABLE"

    def __init__(self, reason: str, **values: object) -> None:
        self.reason = reason
        zh, en = REFUSALS[reason]
        self._tell(zh.format(**values), en.format(**values))

    def _tell(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(Text(zh, en))

    @classmethod
    def told(cls, reason: str, zh: str, en: str) -> Unreadable:
        """The refusal another process met, with the words it used."""
        error = cls.__new__(cls)
        error.reason = reason
        error._tell(zh, en)
        return error
