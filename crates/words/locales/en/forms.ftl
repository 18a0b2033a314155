# forms: what stands beside the fields of a form

forms-version = Like { $example }. { $where }
forms-version-unknown = If you chose { $when } and do not know it, write “unknown”.
forms-only-if = Only if you chose { $when }.
forms-required-if = Required if you chose { $when }.
forms-way = { $name } (for { $when })
forms-or = { $first } or { $second }
forms-topic = Later it may become a topic in the forum, under “{ $stream }”. Before that you see what would stand there, and no version or file moves unseen. People registered here could read it then, under the name that you choose; your company is shown to our staff only, unless you name it.
forms-range = For this type it is one of: { $names }.
forms-range-plan = With your plan it is one of: { $names }.
forms-range-only = For this type it is always { $names }.
