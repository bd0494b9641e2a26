/** Made-up villages of a made-up township. */
export const VILLAGES = [
  '望潮村',
  '松涛庄村',
  '石岭前村',
  '柳沟村',
  '东沙嘴村',
  '西沙嘴村',
  '桃花峪村',
  '槐荫村',
  '大榆树村',
  '北港头村',
  '南港头村',
  '银杏崖村',
  '清泉夼村',
  '渔歌社区',
] as const

/** Joined to 大榆树村 two summers ago: figures of before still find it in the tree. */
export const MERGED_VILLAGE = '小榆树村'
