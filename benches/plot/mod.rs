//! A drawing of costs against sizes, both on scales where each step is ten times the last: what grows in step is a straight line.

use std::fmt::Write as _;

/// Costs of one kind of work.
pub struct Curve {
    /// What the work is.
    pub name: String,
    /// Sizes and seconds, sizes rising.
    pub points: Vec<(f64, f64)>,
}

impl Curve {
    /// The exponent of growth, by least squares on the logarithms: 1 is in step, 0 not at all.
    pub fn exponent(&self) -> f64 {
        let logs: Vec<(f64, f64)> = self.points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
        let count = logs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / count;
        let (x, y) = (mean(|log| log.0), mean(|log| log.1));
        let together: f64 = logs.iter().map(|log| (log.0 - x) * (log.1 - y)).sum();
        let alone: f64 = logs.iter().map(|log| (log.0 - x).powi(2)).sum();
        together / alone
    }
}

/// Curves over the same sizes.
pub struct Panel {
    /// What the sizes are of.
    pub title: String,
    /// What the horizontal axis counts.
    pub sizes: String,
    /// The curves, at most three.
    pub curves: Vec<Curve>,
}

/// How wide a panel's field is, how high, and the room around it.
const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 210.0;
const LEFT: f64 = 70.0;
const TOP: f64 = 98.0;
const ACROSS: f64 = 480.0;
const DOWN: f64 = 368.0;

const STYLE: &str = r#"
.sizes { font-family: system-ui, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; font-size: 12px }
.sizes .ground { fill: #ffffff }
.sizes text { fill: #1b1f24 }
.sizes .title { font-size: 15px; font-weight: 600 }
.sizes .quiet { fill: #57606a }
.sizes .grid { stroke: #e6e9ed }
.sizes .frame { stroke: #8b95a1 }
.sizes .line { fill: none; stroke-width: 2 }
.sizes .a { stroke: #3b6ea5 } .sizes .dot.a { fill: #3b6ea5 }
.sizes .b { stroke: #b45309 } .sizes .dot.b { fill: #b45309 }
.sizes .c { stroke: #1f6f54 } .sizes .dot.c { fill: #1f6f54 }
@media (prefers-color-scheme: dark) {
.sizes .ground { fill: #0d1117 }
.sizes text { fill: #e6edf3 }
.sizes .quiet { fill: #9aa4b0 }
.sizes .grid { stroke: #21262d }
.sizes .frame { stroke: #6e7681 }
.sizes .a { stroke: #79b8ff } .sizes .dot.a { fill: #79b8ff }
.sizes .b { stroke: #f0a35e } .sizes .dot.b { fill: #f0a35e }
.sizes .c { stroke: #56d39b } .sizes .dot.c { fill: #56d39b }
}
"#;

/// Draws panels, two in a row.
pub fn svg(title: &str, panels: &[Panel]) -> String {
    let (width, height) = (2.0 * ACROSS, 10.0 + DOWN * panels.len().div_ceil(2) as f64);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sizes\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" lang=\"en\" aria-labelledby=\"sizes-title sizes-desc\">\n"
    );
    let words: Vec<String> = panels.iter().map(described).collect();
    let _ = writeln!(svg, "<title id=\"sizes-title\">{}</title>", escaped(title));
    let _ = writeln!(svg, "<desc id=\"sizes-desc\">{}</desc>", escaped(&words.join(" ")));
    let _ = writeln!(svg, "<style>{STYLE}</style>");
    let _ = writeln!(svg, "<rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>");
    for (place, panel) in panels.iter().enumerate() {
        let (x, y) = ((place % 2) as f64 * ACROSS, (place / 2) as f64 * DOWN);
        let _ = writeln!(svg, "<g transform=\"translate({} {})\">", x + LEFT, y + TOP);
        draw(panel, &mut svg);
        svg.push_str("</g>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

/// What a panel shows, in words.
fn described(panel: &Panel) -> String {
    let mut words = format!("{}:", panel.title);
    for (place, curve) in panel.curves.iter().enumerate() {
        let (Some(first), Some(last)) = (curve.points.first(), curve.points.last()) else { continue };
        let _ = write!(
            words,
            "{} {} takes {} for {} and {} for {}, growing with the power {:.2}",
            if place == 0 { "" } else { ";" },
            curve.name,
            time(first.1),
            count(first.0),
            time(last.1),
            count(last.0),
            curve.exponent(),
        );
    }
    words + "."
}

/// The tens below and above some numbers, as powers.
fn tens(numbers: impl Iterator<Item = f64>) -> (i32, i32) {
    let (mut least, mut most) = (f64::MAX, f64::MIN);
    for number in numbers {
        (least, most) = (least.min(number.log10()), most.max(number.log10()));
    }
    let (least, most) = ((least + 1e-9).floor() as i32, (most - 1e-9).ceil() as i32);
    (least, most.max(least + 1))
}

fn draw(panel: &Panel, svg: &mut String) {
    let points = || panel.curves.iter().flat_map(|curve| &curve.points);
    let (left, right) = tens(points().map(|point| point.0));
    let (bottom, top) = tens(points().map(|point| point.1));
    let across = |x: f64| (x.log10() - f64::from(left)) / f64::from(right - left) * WIDTH;
    let up = |y: f64| HEIGHT - (y.log10() - f64::from(bottom)) / f64::from(top - bottom) * HEIGHT;
    let _ = writeln!(svg, "<text class=\"title\" x=\"-50\" y=\"-72\">{}</text>", escaped(&panel.title));
    for power in left..=right {
        let x = across(10_f64.powi(power));
        let _ = writeln!(svg, "<path class=\"grid\" d=\"M{x:.1} 0V{HEIGHT}\"/>");
        let label = count(10_f64.powi(power));
        let y = HEIGHT + 18.0;
        let _ = writeln!(
            svg,
            "<text class=\"quiet\" x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{label}</text>"
        );
    }
    for power in bottom..=top {
        let y = up(10_f64.powi(power));
        let _ = writeln!(svg, "<path class=\"grid\" d=\"M0 {y:.1}H{WIDTH}\"/>");
        let (label, y) = (time(10_f64.powi(power)), y + 4.0);
        let _ =
            writeln!(svg, "<text class=\"quiet\" x=\"-8\" y=\"{y:.1}\" text-anchor=\"end\">{label}</text>");
    }
    let _ = writeln!(svg, "<path class=\"frame\" fill=\"none\" d=\"M0 0V{HEIGHT}H{WIDTH}\"/>");
    let (x, y) = (WIDTH / 2.0, HEIGHT + 38.0);
    let sizes = escaped(&panel.sizes);
    let _ = writeln!(svg, "<text class=\"quiet\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{sizes}</text>");
    for ((curve, colour), shape) in panel.curves.iter().zip(["a", "b", "c"]).zip(0..) {
        let line: Vec<String> =
            curve.points.iter().map(|(x, y)| format!("{:.1} {:.1}", across(*x), up(*y))).collect();
        let _ = writeln!(svg, "<path class=\"line {colour}\" d=\"M{}\"/>", line.join("L"));
        for (x, y) in &curve.points {
            svg.push_str(&mark(shape, colour, across(*x), up(*y)));
        }
        let y = -50.0 + 16.0 * f64::from(shape);
        svg.push_str(&mark(shape, colour, -46.0, y - 4.0));
        let key = escaped(&format!("{} (power {:.2})", curve.name, curve.exponent()));
        let _ = writeln!(svg, "<text x=\"-36\" y=\"{y}\">{key}</text>");
    }
}

/// A mark that can be told from the others without colours.
fn mark(shape: i32, colour: &str, x: f64, y: f64) -> String {
    match shape {
        0 => format!("<circle class=\"dot {colour}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>\n"),
        1 => {
            let (x, y) = (x - 3.5, y - 3.5);
            format!("<rect class=\"dot {colour}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"7\" height=\"7\"/>\n")
        }
        _ => format!("<path class=\"dot {colour}\" d=\"M{x:.1} {:.1}l4.5 8h-9z\"/>\n", y - 4.5),
    }
}

/// A number with its thousands apart.
pub fn count(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Seconds, in the unit that suits them.
pub fn time(seconds: f64) -> String {
    let (number, unit) = match seconds {
        _ if seconds < 0.999_5e-6 => (seconds * 1e9, "ns"),
        _ if seconds < 0.999_5e-3 => (seconds * 1e6, "µs"),
        _ if seconds < 0.999_5 => (seconds * 1e3, "ms"),
        _ => (seconds, "s"),
    };
    let decimals = if number < 9.95 && (number - number.round()).abs() > 0.04 { 1 } else { 0 };
    format!("{number:.decimals$} {unit}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
