import type { MemberElement, TextElement } from './lrmx-person.ts'

/** The record of an editor 2.0 file: 33 quoted fields, apart by commas (DOMAIN §1.4). */
export const LRM_FIELDS = 33
/** Rows the family has on paper; the lists are padded to that many. */
export const FAMILY_ROWS = 7

/** Fields that hold one element each. */
export const SINGLE: readonly (readonly [number, TextElement])[] = [
  [0, 'XingMing'],
  [1, 'XingBie'],
  [2, 'ChuShengNianYue'],
  [3, 'MinZu'],
  [4, 'JiGuan'],
  [5, 'RuDangShiJian'],
  [6, 'JianKangZhuangKuang'],
  [7, 'ChuShengDi'],
  [8, 'CanJiaGongZuoShiJian'],
  [11, 'ZhuanYeJiShuZhiWu'],
  [16, 'ShuXiZhuanYeYouHeZhuanChang'],
  [17, 'JianLi'],
  [18, 'JiangChengQingKuang'],
  [19, 'NianDuKaoHeJieGuo'],
  [25, 'XianRenZhiWu'],
  [26, 'NiRenZhiWu'],
  [27, 'NiMianZhiWu'],
  [28, 'RenMianLiYou'],
  [29, 'ChengBaoDanWei'],
  [30, 'JiSuanNianLingShiJian'],
  [31, 'TianBiaoRen'],
  [32, 'TianBiaoShiJian'],
]

/** Fields of four: 全日制 before the `@`, 在职 behind it, both halves parted by `#`. */
export const QUARTERED: readonly (readonly [number, readonly [TextElement, TextElement, TextElement, TextElement]])[] =
  [
    [9, ['QuanRiZhiJiaoYu_XueLi', 'QuanRiZhiJiaoYu_XueWei', 'ZaiZhiJiaoYu_XueLi', 'ZaiZhiJiaoYu_XueWei']],
    [
      10,
      [
        'QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi',
        'QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi',
        'ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi',
        'ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi',
      ],
    ],
  ]

/** Fields that hold the family, one list each, parted by `@`. */
export const FAMILY_LISTS: readonly (readonly [number, MemberElement])[] = [
  [20, 'ChengWei'],
  [21, 'XingMing'],
  [22, 'ChuShengRiQi'],
  [23, 'ZhengZhiMianMao'],
  [24, 'GongZuoDanWeiJiZhiWu'],
]

/** What a field without a meaning, or beyond the last one, is called among the unknown elements. */
export const spareName = (index: number): string => `lrm.${index}`
export const SPARE = /^lrm\.(\d{1,3})$/
