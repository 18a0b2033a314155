# languages: what they are called
language-cs = Czech
language-de = German
language-en = English
language-es = Spanish
language-fr = French
language-hr = Croatian
language-it = Italian
language-ja = Japanese
language-ko = Korean
language-nl = Dutch
language-pl = Polish
language-pt = Portuguese
language-ru = Russian
language-sr = Serbian
language-tr = Turkish
language-zh = Chinese
