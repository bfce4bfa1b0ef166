import { str } from "@lit/localize";
import type { TemplateMap } from "./template-map.ts";

/** How long data are kept. */
export const retention: TemplateMap = {
  "retention.kind.faces": "人脸数据：为数字，绝非照片",
  "retention.kind.records": "姓名、工号、打卡、考勤、申请，以及谁查看过",
  "retention.kind.health": "健康申报的内容",
  "retention.kind.attachments": "随申请提交的文件",
  "retention.kind.attempts": "失败的尝试：不含姓名",
  "retention.kind.backups": "加密备份：以上除人脸外的全部",
  "retention.until.faces": str`撤回同意时立即删除；离职后${0}小时内删除；${1}个月未使用即删除`,
  "retention.until.records": str`离职后${0}个月`,
  "retention.until.decided": str`申请审结后${0}个月`,
  "retention.until.attempts": str`${0}个月后`,
  "retention.until.backups": "由单位删除时",
  "retention.hold": "法院或主管机关需要的内容，在保全期间继续保存。",
  "retention.title": "数据保存多久",
  "retention.kind": "数据种类",
  "retention.until": "何时删除",
  "retention.ask": str`有疑问请联系：${0}`,
};
