import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";

/** What the fund centre tells everybody. */
export interface PublicPageTables {
  news_article: NewsArticleTable;
  news_version: NewsVersionTable;
  news_file: NewsFileTable;
  news_version_file: NewsVersionFileTable;
  news_event: NewsEventTable;
  download_file: DownloadFileTable;
  blank_form: BlankFormTable;
  service_window: ServiceWindowTable;
  bank_branch: BankBranchTable;
}

export interface NewsArticleTable {
  id: GeneratedAlways<number>;
  state: "draft" | "submitted" | "published" | "withdrawn";
  latest_version: number;
  /** What the public reads, from `visible_from` on. */
  published_version: ColumnType<number | null, never, number | null>;
  visible_from: ColumnType<Date | null, never, Date | null>;
  /** Who took the last step: `staff:username`. */
  changed_by: string;
  changed_at: Date;
  reason: Generated<string>;
  /** Whether the public could read it once, kept by the database. */
  was_public: GeneratedAlways<boolean>;
}

export interface NewsVersionTable {
  article_id: number;
  version: number;
  category: "政策" | "公示" | "公告" | "通知";
  title: string;
  summary: string;
  source: string;
  /** Rich text; cleaned again before it is shown. */
  body: string;
  words: string;
  author: string;
  saved_at: Date;
}

interface NewsFileTable {
  id: string;
  kind: "picture" | "file";
  name: string;
  alt: string;
  media_type: "application/pdf" | "image/jpeg" | "image/png";
  width: number | null;
  height: number | null;
  content: Buffer;
  size_bytes: GeneratedAlways<number>;
  uploaded_by: string;
  uploaded_at: Date;
}

interface NewsVersionFileTable {
  article_id: number;
  version: number;
  file_id: string;
  kind: "picture" | "file";
  place: number;
}

interface NewsEventTable {
  n: GeneratedAlways<bigint>;
  article_id: GeneratedAlways<number>;
  state: GeneratedAlways<string>;
  version: GeneratedAlways<number>;
  actor: GeneratedAlways<string>;
  at: GeneratedAlways<Date>;
  reason: GeneratedAlways<string>;
}

interface DownloadFileTable {
  id: GeneratedAlways<number>;
  title: string;
  category: string;
  file_name: string;
  media_type: string;
  content: Buffer;
  size_bytes: GeneratedAlways<number>;
  sha256: GeneratedAlways<string>;
  download_count: Generated<number>;
  published_on: CalendarDate;
  /** 0033: the day on which it was replaced; null while it is as it was published. */
  updated_on: CalendarDate | null;
}

/** 办事窗口: where the fund centre is met, with the way there in words. */
interface ServiceWindowTable {
  id: GeneratedAlways<number>;
  name: string;
  district_code: string | null;
  address: string;
  phone: Generated<string>;
  by_bus: Generated<string>;
  landmarks: Generated<string>;
  step_free: Generated<string>;
  handles: Generated<string>;
}

/** 网点: a branch of a custody bank, where payments are taken. */
interface BankBranchTable {
  id: GeneratedAlways<number>;
  bank_code: string;
  name: string;
  district_code: string | null;
  address: string;
  phone: Generated<string>;
  hours: Generated<string>;
  step_free: Generated<string>;
  is_closed: Generated<boolean>;
}

interface BlankFormTable {
  code: string;
  /** Of everything that the form is printed from. */
  source_hash: string;
  sha256: string;
  size_bytes: number;
  published_on: CalendarDate;
  updated_on: CalendarDate;
  download_count: Generated<number>;
}
