import { describe, expect, test } from 'vitest'
import { nameKeys } from '../../core/search/pinyin.ts'

describe('the keys of a name', () => {
  test.each([
    ['单雄信', 'shan xiong xin'],
    ['曾国强', 'zeng guo qiang'],
    ['仇和', 'qiu he'],
    ['解晓东', 'xie xiao dong'],
    ['查良', 'zha liang'],
    ['尉迟敬德', 'yu chi jing de'],
    ['欧阳修', 'ou yang xiu'],
    ['区海伦', 'ou hai lun'],
    ['朴槿', 'piao jin'],
    ['盖中华', 'ge zhong hua'],
    ['任仲平', 'ren zhong ping'],
    ['乐嘉', 'yue jia'],
    ['覃勇', 'qin yong'],
    ['缪瑞', 'miao rui'],
    ['吕布', 'lv bu'],
    ['张 三', 'zhang san'],
  ])('%s sorts as %s', (name, pinyin) => {
    expect(nameKeys(name).pinyin).toBe(pinyin)
  })

  test('are every tail of the whole and of the initials, each once', () => {
    expect(nameKeys('张晓明').search.split(' ')).toEqual(['zhangxiaoming', 'xiaoming', 'ming', 'zxm', 'xm', 'm'])
    expect(nameKeys('安安').search.split(' ')).toEqual(['anan', 'an', 'aa', 'a'])
  })

  test('sort surnames syllable by syllable, 单 before 尚 and 安 before 昂', () => {
    const sorted = ['尚一', '单一', '昂一', '安一', '安二'].sort((a, b) =>
      nameKeys(a).pinyin < nameKeys(b).pinyin ? -1 : 1,
    )
    expect(sorted).toEqual(['安二', '安一', '昂一', '单一', '尚一'])
  })

  test.each(['𠮷田', '阿不都热依木·买买提', 'John Wu', '', '·', '张〇'])(
    'of %j are text a database can hold',
    (name) => {
      const { pinyin, search } = nameKeys(name)
      expect([pinyin.isWellFormed(), search.isWellFormed()]).toEqual([true, true])
      expect(pinyin).toBe(pinyin.toLowerCase())
    },
  )
})
