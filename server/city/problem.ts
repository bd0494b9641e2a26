import { problemType, REFUSALS, type Problem, type Refusal, type Rejection } from '../../shared/sync/protocol.ts'

/** Every answer that is a problem: the refusals of a push and what enrolment and the console add. */
const STATUS = {
  ...REFUSALS,
  'enrol-code-wrong': 400,
  'scope-mismatch': 409,
  'not-signed-in': 401,
  'wrong-sign-in': 401,
  'not-allowed': 403,
  'too-many-attempts': 429,
  'foreign-origin': 403,
  'not-found': 404,
  'unexpected': 500,
} as const satisfies Record<Refusal, number> & Record<string, number>
export type RefusalCode = keyof typeof STATUS

/** Refuses a whole request. Carries what the answer must say besides its sentence (`expected`, `ourHash`, …). */
export class Refused extends Error {
  readonly code: RefusalCode
  readonly members: Readonly<Record<string, unknown>>
  /** Seconds, for the Retry-After header. */
  readonly retryAfter: number | null
  constructor(code: RefusalCode, members: Readonly<Record<string, unknown>> = {}, options?: RefusedOptions) {
    super(code, options)
    this.name = 'Refused'
    this.code = code
    this.members = members
    this.retryAfter = options?.retryAfter ?? null
  }
}
interface RefusedOptions extends ErrorOptions {
  readonly retryAfter?: number
}

const SAFE = '本机的全部内容仍完整保存，未丢失。'

const REFUSAL_TEXTS: Readonly<Record<RefusalCode, readonly [title: string, detail: string]>> = {
  'malformed': [
    '报送内容无法读取',
    `市级端无法读取这次报送，可能是传输中损坏。${SAFE}请稍后重试；多次出现请联系市级端管理员。`,
  ],
  'bad-signature': [
    '签名不符',
    `这次报送的签名与登记的设备不符，市级端没有接收。${SAFE}请重试；多次出现请联系市级端管理员。`,
  ],
  'unknown-device': ['设备未登记', `市级端没有这台设备的登记。${SAFE}请向市级端领取登记码，重新登记后再报送。`],
  'device-revoked': [
    '设备已停用',
    `这台设备已被市级端停用；这次报送已单独存放，等待市级端核查。${SAFE}请联系市级端管理员。`,
  ],
  'sequence-gap': ['报送顺序有缺口', `市级端缺少前面的变更，将从缺少处重新报送。${SAFE}`],
  'sequence-fork': [
    '变更台账不一致',
    `同一编号的变更与市级端已收到的不同，可能是恢复过备份或复制过电脑。这次报送没有接收任何一条。${SAFE}请联系市级端管理员。`,
  ],
  'server-epoch-changed': ['市级端恢复过数据', `市级端的数据恢复过，将从它已有的位置起重新报送。${SAFE}`],
  'scope-in-use': ['本镇街已有设备在用', `本镇街已有另一台在用的设备。${SAFE}请先由市级端停用原设备，再登记这一台。`],
  'batch-mismatch': ['批次内容不一致', `同一批次号先后报送了不同的内容，市级端没有接收这一次。${SAFE}请重新报送。`],
  'too-large': ['一次报送过多', `一次报送超过了上限，市级端没有接收。${SAFE}请分成较小的批次重新报送。`],
  'busy': ['市级端忙', `市级端正忙，稍后会自动重试。${SAFE}`],
  'enrol-code-wrong': ['登记码无效', '登记码不对、已用过或已过期。请核对后重新输入，或向市级端领取新的登记码。'],
  'scope-mismatch': [
    '登记码不属于本单位',
    '这个登记码是发给另一个镇街的。请核对单位代码，或向市级端领取本单位的登记码。',
  ],
  'not-signed-in': ['未登录', '请先登录。'],
  'wrong-sign-in': ['登录失败', '用户名或密码不对。'],
  'not-allowed': ['没有权限', '这个账号的角色不看这项内容。需要时请联系市级端管理员。'],
  'too-many-attempts': ['尝试次数过多', '连续多次失败，请稍后再试。'],
  'foreign-origin': ['来源不符', '这个请求不是从本页面发出的，没有受理。'],
  'not-found': ['没有这个地址', '市级端没有这个地址。'],
  'unexpected': ['市级端出错', `市级端出现意外错误，已记入日志。${SAFE}请稍后重试；多次出现请把编号告诉市级端管理员。`],
}

/** The RFC 9457 body of a refusal. `instance` is the request's number in the log. */
export function refusalProblem(
  code: RefusalCode,
  members: Readonly<Record<string, unknown>>,
  instance: string,
): Problem {
  const [title, detail] = REFUSAL_TEXTS[code]
  return { type: problemType(code), title, status: STATUS[code], detail, instance, ...members }
}

const KEPT = '您的填写内容已完整保存在本机，未丢失。'

const REJECTION_TEXTS: Readonly<Record<Rejection, readonly [title: string, detail: string, fix: string]>> = {
  'schema-invalid': [
    '内容不符合格式',
    `这条变更有一处不符合格式，市级端没有入库。${KEPT}请修改所指的一栏后重报。`,
    'edit-field',
  ],
  'not-unique': [
    '身份证号重复',
    `本镇街另一名干部已用这个身份证号，市级端没有入库。${KEPT}请核对哪一条有误，修改后重报。`,
    'edit-field',
  ],
  'not-owner': [
    '由上级管理',
    `所指的一栏由上级部门管理，本级的修改没有入库。${KEPT}请撤回这处修改，或向上级部门反映。`,
    'drop-field',
  ],
  'not-permitted': [
    '没有权限',
    `做这条变更的人员没有相应权限或已停用，市级端没有入库。${KEPT}请由有权限的人员重报。`,
    'other-officer',
  ],
  'too-large': ['内容过长', `这条变更的内容超过上限，市级端没有入库。${KEPT}请缩短内容后重报。`, 'shorten'],
}

/** Why one op was not taken: a sentence that says what happened, that nothing is lost, and what to do. */
export function rejectionProblem(rejection: Rejection, pointer?: string): Problem {
  const [title, detail, fix] = REJECTION_TEXTS[rejection]
  return { type: problemType(rejection), title, status: 422, detail, ...(pointer ? { pointer } : {}), fix }
}
