using System.Text;

namespace SessionAuth.Silo.Hosting;

/// <summary>The text of a <c>.env</c> file: lines of <c>NAME=value</c>. Nothing in a value is expanded.</summary>
/// <remarks>
/// The rules are those that readers of such files have in common. A value without quotes goes to the end of its line, or
/// to a # with white space before it, and white space around it is none of it. Quotes keep all that is between them, line
/// ends too; a " may be preceded by \ in double quotes, as may \, n, r and t. A file may begin with a byte order mark, a
/// line with <c>export</c>, and end as on any system. Of one name the last value counts.
/// A reader of our own, since DotNetEnv expands $NAME in every value that is not in single quotes, and cannot be told not
/// to: a password with a $ in it lost its end without a word.
/// </remarks>
internal ref struct DotEnv
{
    private const string Export = "export ";

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private DotEnv(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The settings in the text, by name.</summary>
    /// <exception cref="SettingsException">It is no such text; the message has the number of a line and no value.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        Dictionary<string, string> settings = [];
        DotEnv reader = new(text.TrimStart('\ufeff').ReplaceLineEndings("\n"));
        while (reader.Next(out string name, out string value))
            settings[name] = value;
        return settings;
    }

    private bool Next(out string name, out string value)
    {
        name = value = "";
        while (_at < _text.Length)
        {
            SkipBlanks();
            if (!IsAtEndOfLine && _text[_at] != '#')
            {
                name = Name();
                value = Value();
                return true;
            }
            SkipLine();
        }
        return false;
    }

    private string Name()
    {
        if (_text[_at..].StartsWith(Export))
        {
            _at += Export.Length;
            SkipBlanks();
        }
        int begin = _at;
        while (
            !IsAtEndOfLine && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.')
        )
            _at++;
        ReadOnlySpan<char> name = _text[begin.._at];
        SkipBlanks();
        if (name.IsEmpty || char.IsAsciiDigit(name[0]) || IsAtEndOfLine || _text[_at] != '=')
            throw NotUnderstood(begin);
        _at++;
        return name.ToString();
    }

    private string Value()
    {
        SkipBlanks();
        if (!IsAtEndOfLine && _text[_at] is ('"' or '\'' or '`'))
            return Quoted(_text[_at]);

        int begin = _at;
        while (!IsAtEndOfLine && !IsComment(begin))
            _at++;
        string value = _text[begin.._at].TrimEnd(" \t").ToString();
        SkipLine();
        return value;
    }

    private string Quoted(char quote)
    {
        int begin = _at++;
        StringBuilder value = new();
        while (_at < _text.Length && _text[_at] != quote)
        {
            bool isEscape =
                quote == '"'
                && _text[_at] == '\\'
                && _at + 1 < _text.Length
                && _text[_at + 1] is '"' or '\\' or 'n' or 'r' or 't';
            value.Append(isEscape ? Escaped(_text[++_at]) : _text[_at]);
            _at++;
        }
        if (_at == _text.Length)
            throw NotUnderstood(begin);

        _at++;
        SkipBlanks();
        if (!IsAtEndOfLine && _text[_at] != '#')
            throw NotUnderstood(begin);
        SkipLine();
        return value.ToString();
    }

    private static char Escaped(char c) =>
        c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => c,
        };

    private readonly bool IsAtEndOfLine => _at >= _text.Length || _text[_at] == '\n';

    private readonly bool IsComment(int begin) =>
        _text[_at] == '#' && (_at == begin || _text[_at - 1] is ' ' or '\t');

    private void SkipBlanks()
    {
        while (!IsAtEndOfLine && _text[_at] is ' ' or '\t')
            _at++;
    }

    private void SkipLine()
    {
        while (!IsAtEndOfLine)
            _at++;
        _at++;
    }

    private readonly SettingsException NotUnderstood(int at) =>
        new(
            $".env cannot be understood at line {_text[..at].Count('\n') + 1}, or at a quotation mark before it: "
                + "each line is NAME=value, a comment, or empty."
        );
}
