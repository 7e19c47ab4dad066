import process from "node:process";
import { answerJobs } from "../child-process/answer-jobs.ts";
import { openCompiler } from "./compile-template.ts";

answerJobs(openCompiler(process.argv[2] ?? ""));
