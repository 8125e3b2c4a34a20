/** A refusal as the Bot API words it: `{ok: false, error_code, description, parameters}`. */

export interface RefusalParameters {
  readonly retry_after?: number;
  readonly migrate_to_chat_id?: number;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly parameters: RefusalParameters | undefined;

  constructor(status: number, description: string, parameters?: RefusalParameters) {
    super(description);
    this.status = status;
    this.parameters = parameters;
  }
}

export function refusalJson({ status, message, parameters }: ApiError): string {
  return JSON.stringify({ ok: false, error_code: status, description: message, parameters });
}

// The server puts the kind before what went wrong: https://github.com/tdlib/telegram-bot-api, Query.cpp.
export function badRequest(description: string, parameters?: RefusalParameters): ApiError {
  return new ApiError(400, `Bad Request: ${description}`, parameters);
}

export function forbidden(description: string): ApiError {
  return new ApiError(403, `Forbidden: ${description}`);
}

export function conflict(description: string): ApiError {
  return new ApiError(409, `Conflict: ${description}`);
}

export function tooMany(seconds: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
}
