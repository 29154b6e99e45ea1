"""Make the bundled faces from their published sources, the same bytes every time.

    python cut.py SOURCES TARGET

SOURCES holds the three published packages named in `PACKAGES`, unchanged; their hashes are checked first.
Needs fontTools (the version in `FONTTOOLS`) and, for the Debian package, the command `dpkg-deb`.
The faces are cut because whole they would weigh 66 MB; LXGW WenKai reserves its name for unchanged copies
(OFL-1.1, condition 3), so the cut carries another one. Hinting and layout tables go: paper and screen
here need neither. The one complete face, Noto Sans SC, is the last resort for rare characters in names.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTTOOLS = "4.68.0"
PACKAGES = {
    # npm: @expo-google-fonts/noto-sans-sc 0.4.3
    "expo-google-fonts-noto-sans-sc-0.4.3.tgz": ("0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59"),
    # npm: @expo-google-fonts/noto-serif-sc 0.4.3
    "expo-google-fonts-noto-serif-sc-0.4.3.tgz": ("ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e"),
    # Debian 12: fonts-lxgw-wenkai 1.250+repack-1
    "fonts-lxgw-wenkai_1.250+repack-1_all.deb": ("6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318"),
}


@dataclass(frozen=True)
class Face:
    """One face to cut: where it comes from, what it keeps, what it is called afterwards."""

    file: str
    package: str
    member: str
    whole: bool = False
    family: str = ""


FACES = (
    Face(
        "NotoSansSC-Regular.ttf",
        "expo-google-fonts-noto-sans-sc-0.4.3.tgz",
        "package/400Regular/NotoSansSC_400Regular.ttf",
        whole=True,
    ),
    Face(
        "NotoSansSC-Bold.ttf",
        "expo-google-fonts-noto-sans-sc-0.4.3.tgz",
        "package/700Bold/NotoSansSC_700Bold.ttf",
    ),
    Face(
        "NotoSerifSC-Regular.ttf",
        "expo-google-fonts-noto-serif-sc-0.4.3.tgz",
        "package/400Regular/NotoSerifSC_400Regular.ttf",
    ),
    Face(
        "NotoSerifSC-Bold.ttf",
        "expo-google-fonts-noto-serif-sc-0.4.3.tgz",
        "package/700Bold/NotoSerifSC_700Bold.ttf",
    ),
    Face(
        "WenshuKai-Regular.ttf",
        "fonts-lxgw-wenkai_1.250+repack-1_all.deb",
        "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        family="Wenshu Kai",
    ),
)

# Characters of names and places outside GB 2312 that township rolls really hold; rarer ones come from the
# complete face.
NAMES = (
    "喆堃镕珺玥翀昇赟頔瑀晞暐珮玹琇琤璟璠璐甯祎祐禛祜禔筠粦綦翊翙芃芊苡莙菡蓥蕤薷蘅虓袆觐訸诜谞贇赪赟"
    "逯邕郕郗郏鄢鄞鋆鋐鋆錡鏊铖铱锃锜锟镓镠镡镧镕閤闳阇陞隽雒霁霂靑靓鞫韡颋颕飏飐馗馥骉骐骢魟鱻鸣麃麐黉"
    "佺侹俶倓倢偲傃僖儁冏凃劼勍勔匼厍吒哿唿啠喦喆嘏噉囡圩坨坶垚垭垯埇埌埕埗堉塬墉墘墚壵奡姞姝姮娉娫娬"
    "婠媖媞嫄嫚嫱嫲嬿孖孛孜宓宥寀寗寯尕屺屾岄岍岏岙岜岵峘峣崀崐崟崤嵇嵊嵎嵘巘帡廙廨弢弶彣彧徕恽悊悰惇惔惟慜"
    "慥懋戬旸旻昉昕昪昫昰昱昳晅晔晛晞晟晢晳晴暄暅暎暻曈曌曛朏杺杻枬柷柽栒栢栻桄桉桢桫桯梽棨棫棽棪椊椤椿楙楠"
    "楩槊槿樾橦橲檀檎檠欣歆毓毖汎汧沄沅沆沣泂泓泩洎洣洧洨洮洹洺浔浠浛浟浥浬涞涢淏淦淯淼渌渼湉湜湧湲溁溇溍溦"
    "滆滘滢滦滪潓潞潢澍澔澴濂濛濮瀍瀚瀛瀹灏炅炆炘炜炣烜烝烨烺焌焓焘焜焯焱煊煜煦煴熠熹燊燏爌爔牁犇玎玏玕玘玚玠玢玥玧玭"
    "玮玶玹珅珈珉珏珑珒珙珝珞珣珥珦珧珩珪珰珹珺琀琁琋琎琏琚琛琟琦琨琫琬琭琮琯琰琲琳琼瑀瑄瑅瑆瑑瑒瑔瑗瑛瑜"
    "瑝瑞瑢瑨瑭瑱瑷瑸瑺瑾璁璇璈璎璘璜璞璟璠璥璨璩璪璬璮璱璲璸瓅瓒瓘甪畈畲睿瞐砢砼砩碶碸礐祇祊祎祖祯祺禚禤稑稷穄穸"
    "竑竣竦笪筜筼篁簃粟綝緁縠纮纻绂绹绻缃罡罥翂翃翛翥翯耑聿胤芮芾苏苾茆茛茝茹荃荏荛莜莘莛莳菀菂菁菖萁葳蒟蒽蓁蓓蓼蔚"
    "蕙薏藁蘋虒虢蚬蛳蝲衎衠衢袀裒覃訚訢詟誩谊谖谧貟赉趒跞踽軿轫轲轾辀辂辉迦迪逄逖遆郇郜郝郢郿鄀鄅鄣鄯酆醴釴釸鈇鉴銎銮鋹"
    "鎏鏖钊钐钘钜钤钫钰钲钺铉铎铢铧铨铭铷铼锘锴锷锽镆镈镒镗镛镝镥镨镭镶閒闫闵阕陟隗隰雍雯霈霏霖靖靳鞠韪韬顼颀颐颖颢飒飖"
    "饴馀駉骁骅骎骏骕骞骥髡鬶鬻鯤鲲鳌鳐鳯鸿鹄鹇鹍鹏鹭麒麓麟黻黼黾鼐鼒齐䜣䢺䶮㑇㛃㴔㬎䲟𬱖𬭎𫖯𬘩𬍛𠅤鿍鿎"
)
SYMBOLS = (
    (0x0020, 0x007E),
    (0x00A0, 0x00FF),
    (0x2010, 0x2027),
    (0x2030, 0x203E),
    (0x2070, 0x2089),
    (0x2100, 0x2126),
    (0x2150, 0x218F),
    (0x2190, 0x2199),
    (0x2200, 0x22A5),
    (0x2460, 0x249B),
    (0x2500, 0x257F),
    (0x25A0, 0x25FF),
    (0x2600, 0x2612),
    (0x2713, 0x2717),
    (0x3000, 0x303F),
    (0x3220, 0x3229),
    (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE6),
)


def characters() -> set[int]:
    """What a cut keeps: GB 2312, the signs of official tables, and the name characters above."""
    found = {ord(character) for character in NAMES}
    for first, last in SYMBOLS:
        found.update(range(first, last + 1))
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def unpack(package: Path, folder: Path) -> None:
    """Check the hash of `package` and lay its files out in `folder`; a wrong hash ends the program."""
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    if digest != PACKAGES[package.name]:
        raise SystemExit(f"{package.name}: sha256 {digest} is not the published one")
    if package.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", str(package), str(folder)], check=True)
        return
    with tarfile.open(package) as archive:
        archive.extractall(folder, filter="data")


def rename(font: TTFont, family: str) -> None:
    """Give every name record that carries the reserved name the new one; copyright and licence stay."""
    plain = family.replace(" ", "")
    new = {1: family, 3: f"{plain}-Regular", 4: family, 6: f"{plain}-Regular", 16: family}
    table = font["name"]
    table.names = [
        record
        for record in table.names
        if record.nameID in (0, 2, 5, 13, 14) or (record.nameID in new and record.langID == 0x409)
    ]
    for record in table.names:
        if record.nameID in new:
            record.string = new[record.nameID]


def cut(face: Face, source: Path, target: Path) -> None:
    """Write one face."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "DSIG", "STAT", "vhea", "vmtx", "VORG"]
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.glyph_names = False
    font = subset.load_font(str(source), options)
    wanted = set(font.getBestCmap()) if face.whole else characters()
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    if face.family:
        rename(font, face.family)
    subset.save_font(font, str(target), options)
    font.close()


def main(sources: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for name in PACKAGES:
            (Path(scratch) / name).mkdir()
            unpack(sources / name, Path(scratch) / name)
        for face in FACES:
            out = target / face.file
            cut(face, Path(scratch) / face.package / face.member, out)
            digest = hashlib.sha256(out.read_bytes()).hexdigest()
            sys.stdout.write(f"{digest}  {face.file}  {out.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
