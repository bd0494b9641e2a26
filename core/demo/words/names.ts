/** Surnames as they are common on the Jiaodong coast; 单, 曲, 解 and 仇 are here because their reading is not the usual one. */
export const SURNAMES =
  '王 于 刘 张 李 孙 宋 姜 丛 毕 邹 鞠 曲 徐 隋 林 吕 周 谭 侯 梁 连 慕 岳 董 汤 邵 苗 滕 宫 夏 车 单 解 仇 房 闫 初 战 江'.split(
    ' ',
  )

/** Given names, made up for the demo; by sex and by whether somebody was born before 1980. */
export const GIVEN = {
  male: {
    before:
      '传海 守业 玉堂 永财 培林 吉庆 广田 连发 洪章 振滨 德茂 延春 承礼 明堂 福增 书田 昌明 树仁 兆丰 维平 运昌 华堂 仁海 学勤 万才 锡良 同礼 保堂 喜林 善厚'.split(
        ' ',
      ),
    after:
      '晓峤 海汛 振屿 志舫 文湛 景崧 延舟 凯舷 一帆 浩澜 书恒 子衡 泽川 启明 知远 泊然 宇屏 云骞 家栋 思齐 少游 立涛 新帆 昱辰 江屿 乐安 鹤鸣 嘉树 松年 远航 承泽 北辰 润生 逸舟 克勤'.split(
        ' ',
      ),
  },
  female: {
    before: '秀芝 桂荣 淑岚 玉菊 爱琳 丽君 春燕 月华 素云 惠卿 翠屏 彩霞 金凤 美娥'.split(' '),
    after:
      '晓岚 雨薇 思汀 静姝 若溪 佳禾 海棠 云舒 文漪 沐晴 欣桐 梦汐 婉宁 子衿 宁远 一诺 书瑶 语嫣 南乔 知夏 清越 映雪 晴川 采薇 芷若 念慈 嘉宁 如意 星澜 灵均'.split(
        ' ',
      ),
  },
} as const

export const CHILDREN = {
  male: '小舟 皓宸 一鸣 天佑 子墨 辰逸 思远 嘉木 亦凡 乐天'.split(' '),
  female: '小满 子涵 一汀 诗琪 悦然 若曦 安然 沐兮 嘉懿 念初'.split(' '),
} as const
